import type { Words } from './words-en.ts';

export const leave: Words['leave'] = {
  sure: 'Ga je uit het team?',
  notOfTeam: 'je zit niet in het team: je kunt er niet uit',
  left: 'Je zit niet meer in het team',
  next: (who) => `Wat het team nu doet: \`huismeester departure ${who}\`.`,
};

export const departure: Words['departure'] = {
  title: (who) => `Als ${who} nu uit het team ging (kijken verandert niets):`,
  labels: {
    register: 'register',
    board: 'BOARD-1',
    members: 'volledige leden',
    core: 'core',
    holds: 'vastgehouden',
    applications: 'aanmeldingen',
    vms: "VM's",
    projects: 'projecten',
    accounts: 'beheeraccounts',
    lists: 'toegang',
    secrets: 'gedeelde geheimen',
    unknown: 'niet bekend',
  },
  notInRegister: 'zit niet in het team',
  endsBoard: 'er zou geen bestuurslid meer in het team zitten',
  membersLeft: (count) => `er blijven er ${count} over`,
  stewards: (subject, count) => `${subject}: dan nog ${count} die het kunnen beheren`,
  hold: (target, until) => `${target} tot ${until}`,
  application: (who, state, voted) => `${who} (${state})${voted ? ': die stem telt dan niet meer' : ''}`,
  project: (project, role, only) =>
    `${project}, als ${role === 'owner' ? 'eigenaar' : 'beheerder'}${only ? '; niemand anders beheert het' : ''}`,
  secrets: (names) => `${names}: moeten veranderen`,
  list: (who, since, open, of) =>
    `${who} ging op ${since} uit het team: er zijn nog ${open} van de ${of} dingen te doen`,
  nothingToDo: 'Er is niets te doen.',
  unread: (sources) => `Bij ${sources} konden accounts niet worden gelezen: misschien is er meer te doen.`,
  kinds: {
    group: 'haal weg uit de groep',
    account: 'neem de rechten weg van',
    list: 'haal weg van de lijst',
    secret: 'verander dit geheim, dat deze persoon kent:',
    wiki: 'kijk naar de rechten op de wiki',
  },
  seen: 'gedaan, voor zover Huismeester ziet',
  toTick: (who, item) => `Vink af wat gedaan is: \`huismeester departure ${who} --done ${item}\`.`,
  ticked: (item) => `${item} is gedaan`,
  unticked: (item) => `${item} moet toch nog gebeuren`,
  noItem: (item, items) => `er is geen ${item} om af te vinken: kies uit ${items}`,
  noList: (who) => `${who} is niet weggegaan: er is niets af te vinken`,
};
