import { powerSentences, upsSentences } from '@huismeester/contracts/sentences-en';
/** What an event says, from its data; moments in it are shown by `at`. */
export type Sentence = (data: never, at: (iso: string) => string) => string;

/** Texts of the page of decisions. */
export interface Words {
  /** What events say, by their type. */
  readonly eventSentences: Readonly<Record<string, Sentence | undefined>>;
  readonly lead: string;
  readonly empty: string;
  readonly emptyNext: string;
  readonly rehearsed: string;
  readonly filter: string;
  readonly all: string;
  readonly acted: string;
  readonly onlyRehearsed: string;
  readonly of: (target: string) => string;
  readonly ofAll: string;
  readonly more: string;
  readonly title: (target: string, wish: string) => string;
  readonly armed: string;
  readonly facts: string;
  readonly factsHidden: string;
  readonly noFact: (count: number) => string;
  readonly decided: string;
  readonly when: string;
  readonly byClause: string;
  readonly say: string;
  readonly stage: string;
  readonly validUntil: string;
  readonly by: string;
  readonly result: string;
  readonly resultHidden: string;
  readonly nothingYet: string;
  readonly nothingNeeded: string;
  readonly started: (cause: string) => string;
  readonly stopped: (cause: string) => string;
  readonly after: string;
  readonly newest: string;
  readonly story: (count: number) => string;
  readonly link: string;
  readonly back: string;
}

const words: Words = {
  eventSentences: { ...upsSentences, ...powerSentences },
  lead: 'What was decided about VMs and nodes, and why. Newest first.',
  empty: 'Nothing was decided yet.',
  emptyNext: 'A decision is made when something happens: a power cut, the end of a lease, a hold.',
  rehearsed: 'dry-run: nothing was done',
  filter: 'Which decisions',
  all: 'all',
  acted: 'acted upon',
  onlyRehearsed: 'dry-run only',
  of: (target) => `Only about ${target}.`,
  ofAll: 'Show all',
  more: 'Show more',
  title: (target, wish) => `${target} ${wish}`,
  armed: 'armed: this was to be carried out',
  facts: 'What was the case',
  factsHidden: 'The infrateam can see in the log by which events this was known.',
  noFact: (count) =>
    count === 1
      ? '1 more event is elsewhere in the logs.'
      : `${count} more events are elsewhere in the logs.`,
  decided: 'What was decided',
  when: 'When',
  byClause: 'Clause',
  say: 'Because of',
  stage: 'Stage',
  validUntil: 'Holds until',
  by: 'By',
  result: 'What came of it',
  resultHidden: 'The infrateam can see in the log what came of it.',
  nothingYet: 'Nothing happened since.',
  nothingNeeded: 'Nothing had to happen.',
  started: (cause) => `Started ${cause}.`,
  stopped: (cause) => `Went off ${cause}.`,
  after: 'What was decided about it afterwards',
  newest: 'This is the newest decision about it.',
  story: (count) =>
    count === 1 ? 'Another decision of the same story' : `${count} other decisions of the same story`,
  link: 'the link to this decision',
  back: 'All decisions',
};

export default words;
