import type { Phrases } from './phrase.ts';

/** Of the rule that keeps space-wide guests running. */
export const keepRunning = {
  'keeps-running': {
    en: () => 'a space-wide VM keeps running, and it was found off',
    nl: () => 'een space-brede VM blijft draaien, en deze stond uit',
  },
  'keeps-stopping': {
    en: () => 'it was started three times within an hour and is off again: somebody has to look',
    nl: () => 'het is drie keer binnen een uur gestart en staat weer uit: iemand moet kijken',
  },
} as const satisfies Phrases;
