import { carriesOutWith } from '../action.ts';
import { wordsIn } from './words.ts';

/** Has a command carry out something about items, cables, who can run them, and design decisions. */
export const carriesOut = carriesOutWith(wordsIn);
