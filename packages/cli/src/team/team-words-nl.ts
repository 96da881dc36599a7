import { commandLines, dutch as terms } from '@huismeester/contracts/sentences';
import type { Words } from './words-en.ts';

const { groups } = terms;

export const team: Words['team'] = {
  heads: {
    uid: 'uid',
    name: 'naam',
    register: 'register',
    directory: 'directory',
    roles: 'rollen',
    note: 'opmerking',
  },
  nothing: 'Er staat niemand in het register van het team, en niemand zit in een groep ervan.',
  differs: 'verschilt',
  awaited: 'wacht op een wijziging',
  until: (at) => `tot ${at}`,
  changes: {
    add: (who, group, since) => `${who} moet bij de groep ${groups[group]}, sinds ${since}:`,
    delete: (who, group, since) => `${who} moet uit de groep ${groups[group]}, sinds ${since}:`,
  },
  commandLines: (command) => commandLines(command, 'nl'),
  groupFirst: 'De rollen volgen zodra de groep klopt: `huismeester team` laat zien wat er moet veranderen.',
  ours: 'Huismeester doet dat zelf.',
  trouble: (why) =>
    `De vorige keer lukte dat niet: ${why}; geef directory.ldap.bindDn het recht om de groep te wijzigen.`,
  commandUnknown:
    'Welk commando daarvoor nodig is, is nu niet bekend: de directory antwoordt niet; zie `huismeester directory`.',
  noGroup: (group) =>
    `In de instellingen staat zo’n groep niet: maak hem, en zet hem in directory.ldap.groups.${group}.`,
  labels: {
    register: 'register',
    directory: 'directory',
    roles: 'rollen',
    proposed: 'voorstel',
    grants: 'mag werken aan',
    history: 'geschiedenis',
  },
  notInRegister: 'staat er niet in',
  since: (what, at) => `${what}, sinds ${at}`,
  afterwards: (what) => `daarna weer ${what}`,
  acts: terms.memberActs,
  proposal: (act, by, at) => `${act}, door ${by}, ${at}`,
  toConfirm: (command) =>
    `een ander volledig lid bevestigt het met \`huismeester ${command}\`, of trekt het in met \`huismeester team withdraw\``,
  done: {
    confirm: (who) => `${who} is nu volledig lid`,
    extend: (who, until) => `De proefperiode van ${who} duurt tot ${until}`,
    end: (who) => `${who} zit niet meer in het team`,
    suspend: (who, until) => `${who} is geschorst tot ${until}`,
    lift: (who) => `De schorsing van ${who} is voorbij`,
  },
  proposed: (who, act) => `Voor ${who} stel je voor: ${act}`,
  proposedNext: (command) =>
    `Er verandert nog niets: een ander volledig lid bevestigt het met hetzelfde commando: \`huismeester ${command}\`.`,
  proposedBefore: (command) =>
    `dat heb je zelf voorgesteld: een ander volledig lid bevestigt het met \`huismeester ${command}\``,
  otherDays: (command, until) =>
    `een ander volledig lid stelde voor tot ${until}: bevestig dat met \`huismeester ${command}\`, zonder --days, of laat het eerst intrekken`,
  withdrawn: (who, act) => `${act} wordt niet meer voorgesteld voor ${who}`,
  nothingProposed: (who) => `er is niets voorgesteld over ${who}`,
  sayBecause:
    'zeg waarom: --because; alleen volledige leden en het bestuur lezen het, en na team.keepVotes (een jaar) wordt het gewist',
  sayDays: 'zeg hoeveel dagen die duurt, vanaf nu geteld: --days 30',
  toTick: (who) => `Wat er nu moet gebeuren: \`huismeester departure ${who}\`.`,
};

export const grant: Words['grant'] = {
  heads: { on: 'waaraan', until: 'tot', by: 'gegeven door', since: 'sinds' },
  nothing: (who) => `${who} mag nergens aan werken: een proeflid ziet alles, en doet wat het team toestaat.`,
  given: (who, on, until) => `${who} mag werken aan ${on} tot ${until}`,
  ended: (who, on) => `${who} mag niet meer werken aan ${on}`,
  notGranted: (who, on) =>
    `${who} mag niet werken aan ${on}: \`huismeester grant ${who}\` laat zien waaraan wel`,
  sayUntil: 'zeg tot wanneer: --until 2027-03-01, of --for 30d; hooguit een jaar',
  sayTarget: 'zeg waaraan: class/participant, class/space-wide, of een ding zoals vm/104',
};
