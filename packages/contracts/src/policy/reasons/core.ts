import type { Phrases } from './phrase.ts';

/** Of the rule that watches whether core is available. */
export const core = {
  'core-down': {
    en: () => 'core must be available, and it is down',
    nl: () => 'core-infra moet het doen, en deze doet het niet',
  },
  'down-because': {
    en: ({ text = '' }) => `because of ${text}`,
    nl: ({ text = '' }) => `door ${text}`,
  },
  'not-watched': {
    en: ({ text = '' }) =>
      `the policy names it as core, and no probe watches it: name one with \`role: ${text}\` in space.yaml`,
    nl: ({ text = '' }) =>
      `het beleid noemt dit core-infra, en niets let erop: noem een probe met \`role: ${text}\` in space.yaml`,
  },
  'no-hypervisor': {
    en: () =>
      'the policy names it as core, and nothing watches it: name it under `hypervisors` in space.yaml',
    nl: () =>
      'het beleid noemt dit core-infra, en niets let erop: noem de hypervisor onder `hypervisors` in space.yaml',
  },
} as const satisfies Phrases;
