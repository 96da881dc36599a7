import type { Static } from 'typebox';
import type { Language } from '../../words.ts';
import type { Reason } from './reason.ts';

type Phrase = { readonly [L in Static<typeof Language>]: (reason: Reason) => string };

const s = (value: number | undefined): string => `${Math.round((value ?? 0) * 10) / 10} s`;
const pct = (value: number | undefined): string => `${value ?? 0} %`;

const phrases = {
  held: {
    en: ({ elapsed_s, limit_s }) => `on battery for ${s(elapsed_s)}, held for ${s(limit_s)}`,
    nl: ({ elapsed_s, limit_s }) => `${s(elapsed_s)} op de accu, er wordt ${s(limit_s)} gewacht`,
  },
  'on-battery': {
    en: ({ elapsed_s }) => `on battery for ${s(elapsed_s)}`,
    nl: ({ elapsed_s }) => `${s(elapsed_s)} op de accu`,
  },
  runtime: {
    en: ({ left_s, limit_s }) => `${s(left_s)} of battery left, below ${s(limit_s)}`,
    nl: ({ left_s, limit_s }) => `nog ${s(left_s)} accu, minder dan ${s(limit_s)}`,
  },
  planned: {
    en: ({ left_s, limit_s }) => `${s(left_s)} of battery left, and what is left to do takes ${s(limit_s)}`,
    nl: ({ left_s, limit_s }) => `nog ${s(left_s)} accu, en wat er nog moet gebeuren duurt ${s(limit_s)}`,
  },
  charge: {
    en: ({ charge_pct, limit_pct }) => `the battery holds ${pct(charge_pct)}, below ${pct(limit_pct)}`,
    nl: ({ charge_pct, limit_pct }) => `de accu is voor ${pct(charge_pct)} vol, minder dan ${pct(limit_pct)}`,
  },
  unread: {
    en: ({ elapsed_s }) => `on battery for ${s(elapsed_s)}, and the UPS does not tell how long it lasts`,
    nl: ({ elapsed_s }) => `${s(elapsed_s)} op de accu, en de UPS vertelt niet hoe lang die het volhoudt`,
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
    nl: ({ limit_s }) => `er is weer netstroom, en die wordt na ${s(limit_s)} vertrouwd`,
  },
  'waiting-charge': {
    en: ({ limit_pct, limit_s }) =>
      `mains is back; waiting for ${pct(limit_pct)} of charge or ${s(limit_s)} of mains`,
    nl: ({ limit_pct, limit_s }) =>
      `er is weer netstroom; gewacht wordt op ${pct(limit_pct)} lading of ${s(limit_s)} netstroom`,
  },
  'trusted-charge': {
    en: ({ elapsed_s, charge_pct }) =>
      `mains is back for ${s(elapsed_s)}, and the battery holds ${pct(charge_pct)}`,
    nl: ({ elapsed_s, charge_pct }) =>
      `er is ${s(elapsed_s)} weer netstroom, en de accu is voor ${pct(charge_pct)} vol`,
  },
  'trusted-time': {
    en: ({ elapsed_s }) => `mains is back for ${s(elapsed_s)}, and for as long as the power had been away`,
    nl: ({ elapsed_s }) => `er is ${s(elapsed_s)} weer netstroom, zo lang als die weg was`,
  },
  'ran-before': {
    en: () => 'mains is back and trusted; it ran before the power cut',
    nl: () => 'er is weer netstroom en die wordt vertrouwd; het draaide voor de storing',
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
  'rule-silent': {
    en: ({ text }) => `the rule ${text ?? 'above'} cannot say what it wants, so nothing is done below it`,
    nl: ({ text }) =>
      `de regel ${text ?? 'erboven'} kan niet zeggen wat die wil, dus daaronder gebeurt niets`,
  },
  'keeps-running': {
    en: () => 'a space-wide VM keeps running, and it was found off',
    nl: () => 'een space-brede VM blijft draaien, en deze stond uit',
  },
  'keeps-stopping': {
    en: () => 'it was started three times within an hour and is off again: somebody has to look',
    nl: () => 'het is drie keer binnen een uur gestart en staat weer uit: iemand moet kijken',
  },
  'no-rule': { en: () => 'no rule asks for anything', nl: () => 'geen regel vraagt iets' },
  hold: {
    en: ({ until, text }) => `on hold until ${until ?? 'it is released'}: ${text ?? 'no reason given'}`,
    nl: ({ until, text }) => `met rust gelaten tot ${until ?? 'vrijgave'}: ${text ?? 'geen reden gegeven'}`,
  },
  'hold-over': { en: () => 'the hold is over', nl: () => 'het met rust laten is voorbij' },
  self: {
    en: () => 'Huismeester itself needs it, so it goes last, with its node',
    nl: () => 'Huismeester heeft het zelf nodig, dus het gaat het laatst, met zijn node',
  },
  'guests-down': {
    en: () => 'all its guests that are ours are off, and the node goes last',
    nl: () => 'al zijn gasten die van ons zijn staan uit, en de node gaat het laatst',
  },
  'node-must-go': {
    en: ({ left_s, limit_s }) => `${s(left_s)} of battery left, and the node itself needs ${s(limit_s)}`,
    nl: ({ left_s, limit_s }) => `nog ${s(left_s)} accu, en de node zelf heeft ${s(limit_s)} nodig`,
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
  'node-by-charge': {
    en: ({ charge_pct, limit_pct }) =>
      `the battery holds ${pct(charge_pct)}, below ${pct(limit_pct)}, and the node must go`,
    nl: ({ charge_pct, limit_pct }) =>
      `de accu is voor ${pct(charge_pct)} vol, minder dan ${pct(limit_pct)}, en de node moet gaan`,
  },
  'node-by-time': {
    en: ({ elapsed_s }) =>
      `on battery for ${s(elapsed_s)} without a word on how long it lasts, and the node must go`,
    nl: ({ elapsed_s }) =>
      `${s(elapsed_s)} op de accu zonder te weten hoe lang die het volhoudt, en de node moet gaan`,
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
  'nothing-asked': { en: () => 'nothing would be done to it', nl: () => 'er zou niets mee gebeuren' },
  'not-in-outage': {
    en: () => 'its node has a feed that is well, or none that is known',
    nl: () => 'zijn node heeft een voeding die goed is, of geen bekende',
  },
  'is-off': { en: () => 'it does not run', nl: () => 'het draait niet' },
  'by-upsmon': {
    en: () => 'upsmon on the node shuts it down when the battery is low',
    nl: () => 'upsmon op de node sluit die af als de accu bijna leeg is',
  },
  'by-nobody': {
    en: () => 'it is fed by no UPS whose mains fails here',
    nl: () => 'het hangt aan geen UPS die hier zonder netstroom komt',
  },
  'no-feed': {
    en: () => 'no feed is configured (poweredBy), so its guests are never shut down in a power cut',
    nl: () =>
      'er is geen voeding ingesteld (poweredBy), dus zijn gasten worden bij een storing nooit afgesloten',
  },
  'feeds-nothing': {
    en: () => 'no node is fed by it (poweredBy), so nothing follows when its mains fails',
    nl: () => 'er hangt geen node aan (poweredBy), dus er volgt niets als de netstroom wegvalt',
  },
  'stage-at-once': {
    en: ({ left_s, limit_s }) =>
      `it begins at once: the battery gives ${s(left_s)}, and the stage begins below ${s(limit_s)}`,
    nl: ({ left_s, limit_s }) =>
      `dit begint meteen: de accu geeft ${s(left_s)}, en de stap begint onder ${s(limit_s)}`,
  },
  'stage-at-once-charge': {
    en: ({ charge_pct, limit_pct }) =>
      `it begins at once: the battery holds ${pct(charge_pct)}, and the stage begins below ${pct(limit_pct)}`,
    nl: ({ charge_pct, limit_pct }) =>
      `dit begint meteen: de accu is voor ${pct(charge_pct)} vol, en de stap begint onder ${pct(limit_pct)}`,
  },
  'too-long': {
    en: ({ left_s, limit_s }) =>
      `it is expected to be off after ${s(limit_s)}, and its node has to go after ${s(left_s)}`,
    nl: ({ left_s, limit_s }) =>
      `het is naar verwachting na ${s(limit_s)} uit, en zijn node moet na ${s(left_s)} gaan`,
  },
  'loses-power': {
    en: () => 'it still runs when the battery is empty',
    nl: () => 'het draait nog als de accu leeg is',
  },
  'no-way-back': {
    en: () => 'nothing says how it comes back: set wake to wol, ups-cycle or manual',
    nl: () => 'nergens staat hoe het terugkomt: zet wake op wol, ups-cycle of manual',
  },
  'back-by-hand': {
    en: () => 'a person has to switch it on again (wake: manual)',
    nl: () => 'iemand moet het weer aanzetten (wake: manual)',
  },
  'nobody-cuts-outlets': {
    en: () =>
      'it is to come back when the UPS cuts its outlets, and no upsmon tells it to: leave another node on it to upsmon, or set wake to wol or manual',
    nl: () =>
      'het moet terugkomen doordat de UPS zijn uitgangen uitzet, en geen upsmon zegt dat: laat een andere node eraan over aan upsmon, of zet wake op wol of manual',
  },
  'cycle-needs-all-feeds': {
    en: () => 'it comes back only if all its UPSes cut their outlets: while one does not, it stays off',
    nl: () =>
      'het komt alleen terug als al zijn UPS’en hun uitgangen uitzetten: zolang één dat niet doet, blijft het uit',
  },
  'self-not-onboot': {
    en: () => 'Huismeester itself needs it, and it does not start with its node (onboot is off)',
    nl: () => 'Huismeester heeft het zelf nodig, en het start niet mee met zijn node (onboot staat uit)',
  },
  'no-agent': {
    en: () => 'it has no guest agent: it shuts down only if it obeys the power button',
    nl: () => 'het heeft geen guest agent: het sluit alleen af als het naar de aan-uitknop luistert',
  },
  'length-unknown': {
    en: () =>
      'how long the battery lasts is not known: give a reading, such as --from-reading charge=100,runtime=1800',
    nl: () =>
      'hoe lang de accu het volhoudt is niet bekend: geef een stand op, zoals --from-reading charge=100,runtime=1800',
  },
  'no-guests-known': {
    en: () =>
      'no VM is known, so nothing was thought through: huismeester check-config --connect tells whether Proxmox is reached',
    nl: () =>
      'er is geen VM bekend, dus er is niets doordacht: huismeester check-config --connect vertelt of Proxmox bereikt wordt',
  },
  'ups-unseen': {
    en: () => 'the UPS cannot be seen now, so its last reading is used',
    nl: () => 'de UPS is nu niet te zien, dus de laatste stand is gebruikt',
  },
  'in-dry-run': {
    en: ({ text }) => `${text ?? 'the clause'} is in dry-run: nothing of this would really be done`,
    nl: ({ text }) => `${text ?? 'de clausule'} staat op dry-run: hiervan zou niets echt gebeuren`,
  },
  'on-hold-now': {
    en: () => 'it is on hold, so it is not shut down; it goes when its node goes',
    nl: () => 'het wordt met rust gelaten en dus niet afgesloten; het gaat als zijn node gaat',
  },
  'power-not-known': {
    en: () => 'Huismeester needs it and cannot see what powers it: check by hand that it hangs on a UPS',
    nl: () =>
      'Huismeester heeft het nodig en kan niet zien waar het aan hangt: kijk zelf of het aan een UPS zit',
  },
} as const satisfies Record<string, Phrase>;

export type ReasonCode = keyof typeof phrases;

/** The reasons as one sentence; a code of a newer program stands there as it is. */
export function phrase(reasons: readonly Reason[], language: Static<typeof Language>): string {
  const known: Readonly<Record<string, Phrase>> = phrases;
  const ups = reasons.find((reason) => reason.ups !== undefined)?.ups;
  const said = reasons.map((reason) => known[reason.code]?.[language](reason) ?? reason.code);
  return `${ups === undefined ? '' : `UPS ${ups}: `}${said.join('; ')}`;
}

/** A reason of this program; the compiler knows its code. */
export function because(code: ReasonCode, values: Omit<Reason, 'code'> = {}): Reason {
  return { code, ...values };
}
