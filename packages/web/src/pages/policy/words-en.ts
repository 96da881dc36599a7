/** The parts that the infra policy has, by how their clauses begin. */
export type PartName = 'TEAM' | 'BOARD' | 'JOIN' | 'INFRA' | 'CORE' | 'SPACE' | 'PART' | 'PRIV';

/** Texts of the page of the policy. */
export interface Words {
  /** What is said in the place of what could not be fetched. */
  readonly lacks: Readonly<Record<'rules' | 'violations', string>>;
  readonly lead: string;
  readonly contents: string;
  readonly parts: Readonly<Record<PartName, string>>;
  readonly others: string;
  readonly notKept: (count: number) => string;
  readonly evidence: string;
  readonly watchedBy: string;
  readonly builtIn: string;
  readonly mode: (mode: string) => string;
  readonly ruleOn: (what: string) => string;
  /** What a rule is about, by its name; those that are about what a page is have that page's. */
  readonly rules: Readonly<Record<string, string>>;
  readonly watches: string;
  readonly toSettings: string;
  readonly toViolations: (count: number) => string;
  readonly hidden: string;
  readonly text: string;
  readonly textLead: string;
  readonly source: string;
  readonly revision: (revision: string, date: string | undefined) => string;
  readonly expected: (revision: string) => string;
  readonly gone: string;
  readonly unread: string;
  readonly notSetUp: string;
  readonly changed: string;
  readonly removed: string;
  readonly added: string;
  readonly before: string;
}

const words: Words = {
  lacks: {
    rules: 'What is armed is not known now.',
    violations: 'What exactly is not as it should be is not known now.',
  },
  lead: 'What the infra policy asks for, clause by clause: how it stands, by what that shows, and who acts on it.',
  contents: 'Parts of the policy',
  parts: {
    TEAM: 'The infrateam',
    BOARD: 'The infrateam and the board',
    JOIN: 'Who joins the team',
    INFRA: 'What infra is',
    CORE: 'Core infra',
    SPACE: 'Space-wide projects',
    PART: 'Participants’ projects',
    PRIV: 'Infra of the board',
  },
  others: 'More',
  notKept: (count) => `${count} need attention`,
  evidence: 'What shows it',
  watchedBy: 'Who acts on it',
  builtIn: 'No rule: the program is made so that it is kept',
  mode: (mode) => `in ${mode}`,
  ruleOn: (what) => `rule «${what}»`,
  rules: {
    lease: 'leases',
    access: 'access',
    admission: 'applications',
    board: 'board',
    'keep-running': 'staying on',
    notices: 'notices',
    ownership: 'owners',
    'policy-text': 'policy text',
  },
  watches: 'watches, and reports',
  toSettings: 'To the settings of this rule',
  toViolations: (count) =>
    count === 1 ? 'Look at it, or accept it' : `Look at all ${count}, or accept them`,
  hidden: 'It is about people: who it concerns, and the team, may see it.',
  text: 'The policy in its own words',
  textLead: 'As it is on the page that settings name.',
  source: 'Where it stands',
  revision: (revision, date) => `revision ${revision}${date === undefined ? '' : `, of ${date}`}`,
  expected: (revision) => `Settings name revision ${revision}: what differs is marked.`,
  gone: 'The page is not there, or nothing is in it.',
  unread: 'The page cannot be read now.',
  notSetUp: 'No page is named. Name it in space.yaml under `policy.text`: an address, or a file.',
  changed: 'changed',
  removed: 'Not any more',
  added: 'New',
  before: 'Before the first heading',
};

export default words;
