import { carriesOutWith } from '../action.ts';
import { wordsIn } from './words.ts';

/** Has a command carry out something about the infra policy in its own words, the reports to the board, and advice. */
export const carriesOut = carriesOutWith(wordsIn);
