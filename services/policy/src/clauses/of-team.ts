import type { ClauseDescription } from './description.ts';

/** Clauses about the infrateam, the board, and who joins. */
export const ofTeam: readonly ClauseDescription[] = [
  {
    clause: 'TEAM-1',
    titles: {
      nl: 'Een vaste groep vertrouwde deelnemers zorgt voor de infra',
      en: 'A fixed group of trusted participants runs the infra',
    },
    does: 'The register says who is of the team, since when and how. Where it and the directory differ is a violation, and so is what the directory did with uids and ids.',
    tests: [
      'services/policy/src/rules/team/team.test.ts',
      'services/policy/test/people.test.ts',
      'services/membership/test/register.test.ts',
    ],
  },
  {
    clause: 'TEAM-2',
    titles: {
      nl: 'Meer dan één iemand kan elk onderdeel draaiende houden, en het team kan het werk aan',
      en: 'Several people can run each thing, and the team is up to its task',
    },
    does: 'Each item has stewards, who confirm once a year that they can still run it and count for 400 days. Core that one full member can run is a violation, a serious one where nobody can; what serves the whole space is one where no participant can. `huismeester departure NAME` says what would fall under before somebody leaves.',
    tests: [
      'services/policy/src/rules/things/things.test.ts',
      'services/policy/src/departures/departure.test.ts',
    ],
  },
  {
    clause: 'TEAM-3',
    titles: {
      nl: 'Het team ontwerpt, bouwt en beheert core-infra, voert het beleid uit en adviseert',
      en: 'The team designs, builds and runs core infra, carries out the policy and advises',
    },
    does: 'Items have a life, from designed to retired. The page of the policy is looked at: a newer revision than settings name is a violation that says what changed, until somebody names it; so is a page that is gone or blank. Advice to the board stands in each report until its answer is written down.',
    tests: [
      'services/policy/src/rules/policy-text/policy-text.test.ts',
      'services/policy/test/report.test.ts',
      'services/policy/test/things.test.ts',
    ],
  },
  {
    clause: 'TEAM-4',
    titles: {
      nl: 'Het team weet welke projecten het draait, en zet ze om naar een andere klasse',
      en: 'The team knows which projects it hosts, and moves one to another class',
    },
    does: 'The register of projects has each with its class and history; a change of class is decided by a full member, with what it changes. A VM that stands in the pool of another class than its project for a day is a violation.',
    tests: [
      'services/policy/src/rules/projects/projects.test.ts',
      'services/policy/test/projects.test.ts',
      'services/vm-lifecycle/test/projects.test.ts',
    ],
  },
  {
    clause: 'BOARD-1',
    titles: {
      nl: 'Er zit altijd een bestuurslid in het team',
      en: 'A board member is always in the team',
    },
    does: 'While no board member is in the team, on trial or full, a violation is open. Who is about to end that is asked to type the name; nothing is refused.',
    tests: ['services/policy/src/rules/board/board.test.ts', 'services/policy/test/team.test.ts'],
  },
  {
    clause: 'BOARD-2',
    titles: {
      nl: 'Dat bestuurslid vertelt het bestuur hoe het gaat',
      en: 'That board member informs the rest of the board how things are',
    },
    does: 'On the first of each month a report in Dutch is made of what the services have said, and mailed to each board member in the team, else to `board.address`; it can be asked for of any days. While it reaches nobody for a week, a violation is open. That it was passed on can be said, and need not be.',
    tests: [
      'services/policy/src/report/golden.test.ts',
      'services/policy/src/rules/report/report.test.ts',
      'services/policy/test/report.test.ts',
      'services/policy/test/report-maker.test.ts',
    ],
  },
  {
    clause: 'JOIN-1',
    titles: { nl: 'Het team keurt goed wie erbij komt', en: 'The team approves of who joins it' },
    does: 'An application is voted on by full members within 14 days, or a meeting decides and another member confirms. Who has not voted is reminded once. That nobody may vote is a violation.',
    tests: [
      'services/policy/src/rules/admission/admission.test.ts',
      'services/membership/test/admission.test.ts',
      'test/spaces/team-year.test.ts',
    ],
  },
  {
    clause: 'JOIN-2',
    titles: {
      nl: 'Het bestuurslid in het team kan dat tegenhouden',
      en: 'The board member in the team may veto that',
    },
    does: 'What was approved waits for the board members in the team, for 72 h at most; where there is none it waits, which is a violation. Votes and reasons are in no log, and are erased after a year.',
    tests: [
      'services/policy/src/rules/admission/admission.test.ts',
      'services/membership/test/admission.test.ts',
      'services/membership/test/admission-erased.test.ts',
    ],
  },
  {
    clause: 'JOIN-3',
    titles: {
      nl: 'Wie erbij komt kan beginnen met een proefperiode, zonder overal bij te kunnen',
      en: 'Who joins may be on trial first, without full access',
    },
    does: 'A member on trial reads as the team does, and acts where that was granted. A trial whose end is past is a violation, with a reminder each week; nobody is ended or confirmed by a timer.',
    tests: [
      'services/policy/src/rules/admission/admission.test.ts',
      'services/policy/src/rules/team/changes.test.ts',
      'services/membership/test/register-expire.test.ts',
    ],
  },
];
