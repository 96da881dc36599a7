import type { StoryWords } from './story-words.ts';

export const englishStory: StoryWords = {
  known: ({ id, name, class: each, node, status }) => `VM ${id} (${name}, ${each}, on ${node}): ${status}.`,
  unlisted: (id) => `VM ${id} is in no pool that settings name.`,
  held: ({ until, by, because }) => `It is on hold until ${until}, by ${by}: ${because}`,
  nothingDecided: 'Nothing was ever decided about it.',
  earlier: 'There are earlier decisions: --limit shows as many as you say.',
  verdict: {
    running: 'It was decided that the VM runs',
    stopped: 'It was decided that the VM is shut down',
    'hands-off': 'It was decided to leave the VM as it is',
  },
  stage: (stage) => `stage ${stage}`,
  enforced: 'The clause is enforced.',
  dryRun: 'The clause is in dry-run, so nothing is done about it.',
  validUntil: (until) => `It holds until ${until}.`,
  because: 'Because:',
  after: 'Then:',
  notFound: (id) => `event ${id}, which was not found`,
  nothingYet: 'Nothing was seen to happen yet.',
  nothingNeeded: 'Nothing had to follow.',
};
