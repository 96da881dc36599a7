import { type NoticeLine, type NoticeSaid, type NoticeWords, teamLine } from './said.ts';
import { teamNl } from './team-nl.ts';

/** Notices in plain Dutch. */
export const nl: NoticeWords = {
  subject: (first, more) => (more === 0 ? first : `${first} (en nog ${more})`),
  greeting: (name) => (name === '' ? 'Hoi,' : `Hoi ${name},`),
  why: 'Waarom',
  todo: 'Wat kun je doen',
  signature: (site) =>
    `Dit bericht is automatisch verstuurd door Huismeester van ${site}. Wat je wilt krijgen kies je zelf: huismeester preferences`,
  line(said, why, at) {
    const ofTeam = teamLine(teamNl, said, at);
    if (ofTeam) return ofTeam;
    const { kind, clause, until, link, command } = said;
    const todo = 'Kijk hoe het ervoor staat.';
    const because = why === '' ? `Dat staat in het beleid (${clause}).` : `${upper(why)} (${clause}).`;
    if (kind === 'lease-warning' || kind === 'lease-first-warning') {
      const when = until === undefined ? 'binnenkort' : `op ${at(until)}`;
      const action = link ?? command;
      return {
        what: `${thing(said)} gaat ${when} uit`,
        why: `De termijn loopt af. Een VM van een deelnemer draait een bepaalde tijd na het starten of verlengen (${clause}).`,
        todo: `${action === undefined ? '' : `Heb je hem langer nodig? Verleng hem dan hiermee. `}Anders hoef je niets te doen: hij gaat netjes uit, er wordt niets gewist, en je kunt hem later weer starten.`,
        ...(action !== undefined && { action }),
      };
    }
    if (kind === 'vm-offered')
      return {
        what: `${thing(said)} wordt je aangeboden`,
        why: 'Iemand wil hem aan je overdragen, of het team vraagt of hij van jou is.',
        todo: 'Neem hem aan, of sla het aanbod af.',
      };
    if (kind === 'lease-waits') {
      const action = link ?? 'huismeester lease preview';
      return { what: 'Er moeten meer VM’s uit dan er per uur uit mogen', why: because, todo, action };
    }
    if (kind === 'core-outage') {
      return {
        what: `Core-infra doet het niet: ${thing(said)}`,
        why: because,
        todo,
        action: link ?? 'huismeester incidents',
      };
    }
    if (kind === 'power-cut') {
      return {
        what: `Stroomstoring bij ${thing(said)}`,
        why: because,
        todo,
        action: link ?? 'huismeester status',
      };
    }
    const ofThings = thingLine(said, because);
    if (ofThings) return ofThings;
    if (kind === 'test') {
      return {
        what: 'Testbericht',
        why: 'Iemand wilde weten of mail je bereikt.',
        todo: 'Niets: hij is er.',
      };
    }
    return {
      what: `${thing(said)} vraagt aandacht`,
      why: because,
      todo,
      action: link ?? commandFor(said),
    };
  },
};

/** What is said of the register of things, and of the wiki; undefined for anything else. */
function thingLine(said: NoticeSaid, because: string): NoticeLine | undefined {
  const { kind, link } = said;
  if (kind === 'rent-ends') {
    return {
      what: `De huur van ${thing(said)} loopt af`,
      why: because,
      todo: 'Regel het op tijd.',
      action: link ?? 'huismeester violations',
    };
  }
  if (kind === 'wiki-unknown') {
    return {
      what: 'De wiki is al een week niet te lezen',
      why: because,
      todo: 'Kijk of hij het doet, en of het goede adres in de instellingen staat.',
      action: link ?? 'huismeester clauses',
    };
  }
  if (kind === 'page-unknown') {
    return {
      what: `${thing(said)} is al een week niet te lezen`,
      why: because,
      todo: 'Kijk wat er met die pagina is.',
      action: link ?? 'huismeester clauses',
    };
  }
  return undefined;
}

function commandFor({ kind, command }: NoticeSaid): string {
  return command ?? (kind.startsWith('violation') ? 'huismeester violations' : 'huismeester status');
}

function thing({ subject, name }: NoticeSaid): string {
  const id = subject
    .replace(/^vm\//, 'VM ')
    .replace(/^node\//, 'Node ')
    .replace(/^ups\//, 'UPS ')
    .replace(/^incident\//, 'storing ')
    .replace(/^account\//, 'Account ')
    .replace(/^access-list\//, 'De lijst ')
    .replace('team/main', 'Het team')
    .replace('wiki/main', 'De wiki')
    .replace('policy-text/main', 'Het infrabeleid')
    .replace(/^item\//, 'Item ')
    .replace(/^project\//, 'Project ')
    .replace(/^design-decision\//, 'Ontwerpbesluit ')
    .replace(/^person\//, 'Persoon ');
  if (name === undefined) return id;
  // An id says nothing to people where there is a name.
  return subject.startsWith('person/') ? name : `${id} (${name})`;
}

function upper(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}
