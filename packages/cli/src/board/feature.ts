import type { Feature } from '../feature.ts';
import { addAdvice } from './advice.ts';
import { addPolicyText } from './policy-text.ts';
import { addReport } from './report.ts';

/** The infra policy in its own words, the reports to the board, and the team's advice. */
export const board: Feature = {
  commands: [addPolicyText, addReport, addAdvice],
  examples: [
    'policy-text --changed',
    'report preview --format markdown',
    'advice add "A second uplink" --text "…"',
  ],
};
