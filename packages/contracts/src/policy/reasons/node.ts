import { type Phrases, pct, procent, s, seconden } from './phrase.ts';

/** Why a node is shut down, woken or left as it is. */
export const node = {
  'guests-down': {
    en: () => 'all its guests that are ours are off, and the node goes last',
    nl: () => 'al zijn gasten die van ons zijn staan uit, en de node gaat het laatst',
  },
  'node-must-go': {
    en: ({ left_s, limit_s }) => `${s(left_s)} of battery left, and the node itself needs ${s(limit_s)}`,
    nl: ({ left_s, limit_s }) =>
      `nog ${seconden(left_s)} accu, en de node zelf heeft ${seconden(limit_s)} nodig`,
  },
  'node-back': {
    en: () => 'mains is back and trusted; we shut the node down',
    nl: () => 'er is weer netstroom en die wordt vertrouwd; wij hebben de node afgesloten',
  },
  'node-not-back': {
    en: () =>
      'we shut it down in a power cut, mains is back, and the node is not: somebody has to switch it on',
    nl: () =>
      'wij sloten het in een storing af, er is weer netstroom, en de node is er niet: iemand moet die aanzetten',
  },
  'node-id-taken': {
    en: ({ text }) =>
      `another node has the id ${text ?? 'that it should have'}: rename one of the hypervisors or nodes`,
    nl: ({ text }) =>
      `een andere node heeft het id ${text ?? 'dat het moest krijgen'}: hernoem een van de hypervisors of nodes`,
  },
  'node-by-charge': {
    en: ({ charge_pct, limit_pct }) =>
      `the battery holds ${pct(charge_pct)}; at ${pct(limit_pct)} the node must go`,
    nl: ({ charge_pct, limit_pct }) =>
      `de accu is voor ${procent(charge_pct)} vol; bij ${procent(limit_pct)} moet de node gaan`,
  },
  'node-by-time': {
    en: ({ elapsed_s }) =>
      `on battery for ${s(elapsed_s)} without a word on how long it lasts, and the node must go`,
    nl: ({ elapsed_s }) =>
      `${seconden(elapsed_s)} op de accu zonder te weten hoe lang die het volhoudt, en de node moet gaan`,
  },
} as const satisfies Phrases;
