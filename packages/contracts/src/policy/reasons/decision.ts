import type { Phrases } from './phrase.ts';

/** Of the arbiter: what has the say whatever the rules want. */
export const decision = {
  'rule-silent': {
    en: ({ text }) => `the rule ${text ?? 'above'} cannot say what it wants, so nothing is done below it`,
    nl: ({ text }) =>
      `de regel ${text ?? 'erboven'} kan niet zeggen wat die wil, dus daaronder gebeurt niets`,
  },
  'no-rule': { en: () => 'no rule asks for anything', nl: () => 'geen regel vraagt iets' },
  hold: {
    en: ({ until, text }) => `on hold until ${until ?? 'it is released'}: ${text ?? 'no reason given'}`,
    nl: ({ until, text }) => `met rust gelaten tot ${until ?? 'vrijgave'}: ${text ?? 'geen reden gegeven'}`,
  },
  'hold-over': { en: () => 'the hold is over', nl: () => 'het met rust laten is voorbij' },
} as const satisfies Phrases;
