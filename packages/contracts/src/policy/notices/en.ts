import { type NoticeLine, type NoticeSaid, type NoticeWords, teamLine } from './said.ts';
import { teamEn } from './team-en.ts';

/** Notices in plain English. */
export const en: NoticeWords = {
  subject: (first, more) => (more === 0 ? first : `${first} (and ${more} more)`),
  greeting: (name) => (name === '' ? 'Hello,' : `Hello ${name},`),
  why: 'Why',
  todo: 'What you can do',
  signature: (site) =>
    `Huismeester of ${site} sent this by itself. You choose what you get: huismeester preferences`,
  line(said, why, at) {
    const ofTeam = teamLine(teamEn, said, at);
    if (ofTeam) return ofTeam;
    const { kind, clause, until, link, command } = said;
    const todo = 'Look how it stands.';
    const because = why === '' ? `The policy says so (${clause}).` : `${upper(why)} (${clause}).`;
    if (kind === 'lease-warning' || kind === 'lease-first-warning') {
      const when = until === undefined ? 'soon' : `on ${at(until)}`;
      const action = link ?? command;
      return {
        what: `${thing(said)} is switched off ${when}`,
        why: `Its lease ends. A participant’s VM runs for a limited time after it was started or renewed (${clause}).`,
        todo: `${action === undefined ? '' : `Do you need it for longer? Renew it with this. `}Otherwise there is nothing to do: it is shut down cleanly, nothing is deleted, and you can start it again later.`,
        ...(action !== undefined && { action }),
      };
    }
    if (kind === 'vm-offered')
      return {
        what: `${thing(said)} is offered to you`,
        why: 'Somebody wants to hand it over to you, or the team asks whether it is yours.',
        todo: 'Accept it, or refuse the offer.',
      };
    if (kind === 'lease-waits') {
      const action = link ?? 'huismeester lease preview';
      return { what: 'More VMs are to be switched off than may be in an hour', why: because, todo, action };
    }
    if (kind === 'core-outage') {
      return {
        what: `Core is down: ${thing(said)}`,
        why: because,
        todo,
        action: link ?? 'huismeester incidents',
      };
    }
    if (kind === 'power-cut') {
      return {
        what: `Power cut at ${thing(said)}`,
        why: because,
        todo,
        action: link ?? 'huismeester status',
      };
    }
    const ofThings = thingLine(said, because);
    if (ofThings) return ofThings;
    if (kind === 'test') {
      return {
        what: 'Test',
        why: 'Somebody wanted to know whether mail reaches you.',
        todo: 'Nothing: it does.',
      };
    }
    return {
      what: `${thing(said)} needs attention`,
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
      what: `The rent of ${thing(said)} ends`,
      why: because,
      todo: 'See to it in time.',
      action: link ?? 'huismeester violations',
    };
  }
  if (kind === 'wiki-unknown') {
    return {
      what: 'The wiki has not been readable for a week',
      why: because,
      todo: 'See whether it works, and whether settings name the right address.',
      action: link ?? 'huismeester clauses',
    };
  }
  if (kind === 'page-unknown') {
    return {
      what: `${thing(said)} has not been readable for a week`,
      why: because,
      todo: 'See what is the matter with that page.',
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
    .replace(/^incident\//, 'incident ')
    .replace(/^account\//, 'Account ')
    .replace(/^access-list\//, 'The list ')
    .replace('team/main', 'The team')
    .replace('wiki/main', 'The wiki')
    .replace('policy-text/main', 'The infra policy')
    .replace(/^item\//, 'Item ')
    .replace(/^project\//, 'Project ')
    .replace(/^design-decision\//, 'Design decision ')
    .replace(/^person\//, 'Person ');
  if (name === undefined) return id;
  // An id says nothing to people where there is a name.
  return subject.startsWith('person/') ? name : `${id} (${name})`;
}

function upper(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}
