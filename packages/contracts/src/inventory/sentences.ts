import type { SentencesOf } from '../wording.ts';
import type { events } from './events.ts';
import { en } from './sentences-en.ts';
import { nl } from './sentences-nl.ts';

export const sentences: SentencesOf<typeof events> = { en, nl };
