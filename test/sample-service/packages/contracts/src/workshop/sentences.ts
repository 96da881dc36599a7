import type { SentencesOf } from '../wording.ts';
import type { events } from './events.ts';

export const sentences: SentencesOf<typeof events> = {
  en: { 'machine.added': ({ machine, name }) => `machine ${machine} (${name}) came to the workshop` },
  nl: { 'machine.added': ({ machine, name }) => `machine ${machine} (${name}) is nu in de werkplaats` },
};
