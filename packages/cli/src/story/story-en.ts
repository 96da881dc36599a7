import type { Decision, Hold, Node, Vm } from '@huismeester/contracts';

/** What a story can be about. */
export type What = 'VM' | 'node';

/** The words between the events of a story; the other languages have the same. */
export const englishStory = {
  /** The VM as it is now. */
  known: ({ id, name, class: each, node, status }: Pick<Vm, 'id' | 'name' | 'class' | 'node' | 'status'>) =>
    `VM ${id} (${name}, ${each}, on ${node}): ${status}.`,
  unlisted: (id: string) => `VM ${id} is in no pool that settings name.`,
  /** The node as it is now. */
  knownNode: ({ hypervisor, node, online }: Pick<Node, 'hypervisor' | 'node' | 'online'>) =>
    `Node ${node} of ${hypervisor}: ${online ? 'online' : 'offline'}.`,
  unknownNode: (id: string) => `There is no node ${id}: \`huismeester nodes\` lists them.`,
  held: ({ until, by, because }: Pick<Hold, 'until' | 'by' | 'because'>) =>
    `It is on hold until ${until}, by ${by}: ${because}`,
  nothingDecided: 'Nothing was ever decided about it.',
  earlier: 'There are earlier decisions: --limit shows as many as you say.',
  logHidden: 'The infrateam can also see in the log what this rests on, and what came of it.',
  verdict: {
    running: (what: What) => `It was decided that the ${what} runs`,
    stopped: (what: What) => `It was decided that the ${what} is shut down`,
    'hands-off': (what: What) => `It was decided to leave the ${what} as it is`,
  },
  stage: (stage: NonNullable<Decision['stage']>) => `stage ${stage}`,
  enforced: 'The clause is enforced.',
  dryRun: 'The clause is in dry-run, so nothing is done about it.',
  validUntil: (until: string) => `It holds until ${until}.`,
  because: 'Because:',
  after: 'Then:',
  notFound: (id: string) => `event ${id}, which was not found`,
  nothingYet: 'Nothing was seen to happen yet.',
  nothingNeeded: 'Nothing had to follow.',
};

export type StoryWords = typeof englishStory;
