import type { Feature } from '../feature.ts';
import { addPolicyText } from './policy-text.ts';

/** The infra policy in its own words, the reports to the board, and the team's advice. */
export const board: Feature = {
  commands: [addPolicyText],
  examples: ['policy-text --changed'],
};
