import type { Feature } from '../feature.ts';
import { addMailTest } from './test.ts';

/** What notices to people add to the command line. */
export const mail: Feature = {
  commands: [addMailTest],
  examples: ['mail test jan'],
  check: async (settings) => (await import('./check.ts')).checkMail(settings),
};
