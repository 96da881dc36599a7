import { carriesOutWith } from '../action.ts';
import { wordsIn } from './words.ts';

/** Has a command carry out something about the team. */
export const carriesOut = carriesOutWith(wordsIn);
