import { type Phrases, pct, procent, s, seconden } from './phrase.ts';

/** Why a power cut is at a stage, and what follows from that for a guest. */
export const power = {
  held: {
    en: ({ elapsed_s, limit_s }) => `on battery for ${s(elapsed_s)}, held for ${s(limit_s)}`,
    nl: ({ elapsed_s, limit_s }) =>
      `${seconden(elapsed_s)} op de accu, er wordt ${seconden(limit_s)} gewacht`,
  },
  'on-battery': {
    en: ({ elapsed_s }) => `on battery for ${s(elapsed_s)}`,
    nl: ({ elapsed_s }) => `${seconden(elapsed_s)} op de accu`,
  },
  runtime: {
    en: ({ left_s, limit_s }) => `${s(left_s)} of battery left; the limit is ${s(limit_s)}`,
    nl: ({ left_s, limit_s }) => `nog ${seconden(left_s)} accu; de grens is ${seconden(limit_s)}`,
  },
  planned: {
    en: ({ left_s, limit_s }) => `${s(left_s)} of battery left, and what is left to do takes ${s(limit_s)}`,
    nl: ({ left_s, limit_s }) =>
      `nog ${seconden(left_s)} accu, en wat er nog moet gebeuren duurt ${seconden(limit_s)}`,
  },
  charge: {
    en: ({ charge_pct, limit_pct }) => `the battery holds ${pct(charge_pct)}; the limit is ${pct(limit_pct)}`,
    nl: ({ charge_pct, limit_pct }) =>
      `de accu is voor ${procent(charge_pct)} vol; de grens is ${procent(limit_pct)}`,
  },
  unread: {
    en: ({ elapsed_s }) => `on battery for ${s(elapsed_s)}, and the UPS does not tell how long it lasts`,
    nl: ({ elapsed_s }) =>
      `${seconden(elapsed_s)} op de accu, en de UPS vertelt niet hoe lang die het volhoudt`,
  },
  low: {
    en: () => 'the battery is low (LB): everything at once',
    nl: () => 'de accu is bijna leeg (LB): alles tegelijk',
  },
  forced: {
    en: () => 'a forced shutdown (FSD) was set: everything at once',
    nl: () => 'er is een gedwongen afsluiting (FSD) gezet: alles tegelijk',
  },
  'no-outage': { en: () => 'no power cut', nl: () => 'geen stroomstoring' },
  'turn-participant': {
    en: () => "participants' VMs go first",
    nl: () => 'de VM’s van deelnemers gaan het eerst',
  },
  'turn-space-wide': {
    en: () => "space-wide VMs go after the participants'",
    nl: () => 'de space-brede VM’s gaan na die van deelnemers',
  },
  'turn-core': { en: () => 'core goes last', nl: () => 'core-infra gaat het laatst' },
  'not-its-turn': {
    en: () => 'on battery again, and it is not its turn, so it is left as it is',
    nl: () => 'weer op de accu, en het is niet aan de beurt, dus er gebeurt niets mee',
  },
  'mains-back': {
    en: () => 'mains is back, so nothing more is shut down',
    nl: () => 'er is weer netstroom, dus er wordt niets meer afgesloten',
  },
  unconfirmed: {
    en: () =>
      'on battery when Huismeester last looked, long ago, and the UPS cannot be seen: nothing is done',
    nl: () =>
      'op de accu toen Huismeester voor het laatst keek, lang geleden, en de UPS is niet te zien: er gebeurt niets',
  },
  'not-trusted': {
    en: () => 'mains was back, but the UPS cannot be seen: it is not trusted',
    nl: () => 'er was weer netstroom, maar de UPS is niet te zien: dat wordt niet vertrouwd',
  },
  'waiting-stable': {
    en: ({ limit_s }) => `mains is back, to be trusted after ${s(limit_s)}`,
    nl: ({ limit_s }) => `er is weer netstroom, en die wordt na ${seconden(limit_s)} vertrouwd`,
  },
  'waiting-charge': {
    en: ({ limit_pct, limit_s }) =>
      `mains is back; waiting for ${pct(limit_pct)} of charge or ${s(limit_s)} of mains`,
    nl: ({ limit_pct, limit_s }) =>
      `er is weer netstroom; gewacht wordt op ${procent(limit_pct)} lading of ${seconden(limit_s)} netstroom`,
  },
  'trusted-charge': {
    en: ({ elapsed_s, charge_pct }) =>
      `mains is back for ${s(elapsed_s)}, and the battery holds ${pct(charge_pct)}`,
    nl: ({ elapsed_s, charge_pct }) =>
      `er is ${seconden(elapsed_s)} weer netstroom, en de accu is voor ${procent(charge_pct)} vol`,
  },
  'trusted-time': {
    en: ({ elapsed_s }) => `mains is back for ${s(elapsed_s)}, and for as long as the power had been away`,
    nl: ({ elapsed_s }) => `er is ${seconden(elapsed_s)} weer netstroom, zo lang als die weg was`,
  },
  'ran-before': {
    en: () => 'mains is back and trusted; it ran before the power cut',
    nl: () => 'er is weer netstroom en die wordt vertrouwd; het draaide voor de storing',
  },
  unseen: {
    en: () => 'the power cut is over, but nobody sees whether it runs: it is left as it is until then',
    nl: () => 'de storing is voorbij, maar niemand ziet of het draait: tot dan gebeurt er niets mee',
  },
  'runs-again': {
    en: () => 'the power cut is over and it runs, as it did before',
    nl: () => 'de storing is voorbij en het draait, zoals ervoor',
  },
  'somebody-stopped': {
    en: () => 'the power cut was over before it went off, and somebody stopped it since',
    nl: () => 'de storing was al voorbij, en daarna heeft iemand het uitgezet',
  },
  'gave-up': {
    en: () => 'the power cut is over, but it could not be started: somebody has to look',
    nl: () => 'de storing is voorbij, maar het kon niet gestart worden: iemand moet kijken',
  },
  'dry-run-over': {
    en: () => 'the power cut is over; in dry-run nothing was started',
    nl: () => 'de storing is voorbij; in dry-run is er niets gestart',
  },
  'restore-over': {
    en: () => 'mains is back for a day, so it is not started any more by itself',
    nl: () => 'er is al een dag weer netstroom, dus het wordt niet meer vanzelf gestart',
  },
  self: {
    en: () => 'Huismeester itself needs it, so it goes last, with its node',
    nl: () => 'Huismeester heeft het zelf nodig, dus het gaat het laatst, met zijn node',
  },
  'fsd-at-contact': {
    en: () => 'a forced shutdown (FSD) stood there when we first looked; upsd must be restarted to forget it',
    nl: () =>
      'er stond al een gedwongen afsluiting (FSD) toen we voor het eerst keken; herstart upsd om die te wissen',
  },
  'fsd-beside-mains': {
    en: () => 'a forced shutdown (FSD) stands beside mains for 60 s; upsd must be restarted to forget it',
    nl: () => 'een gedwongen afsluiting (FSD) staat al 60 s naast netstroom; herstart upsd om die te wissen',
  },
  'shutdown-failed': {
    en: () => 'it did not shut down in this power cut: it will lose its power in the middle of its work',
    nl: () => 'het is in deze storing niet afgesloten: het verliest zijn stroom midden in zijn werk',
  },
} as const satisfies Phrases;
