import { type Phrases, pct, procent, s, seconden } from './phrase.ts';

/** What a drill says of a guest, a node or the plan. */
export const drill = {
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
      `dit begint meteen: de accu geeft ${seconden(left_s)}, en de stap begint onder ${seconden(limit_s)}`,
  },
  'stage-at-once-charge': {
    en: ({ charge_pct, limit_pct }) =>
      `it begins at once: the battery holds ${pct(charge_pct)}, and the stage begins below ${pct(limit_pct)}`,
    nl: ({ charge_pct, limit_pct }) =>
      `dit begint meteen: de accu is voor ${procent(charge_pct)} vol, en de stap begint onder ${procent(limit_pct)}`,
  },
  'too-long': {
    en: ({ left_s, limit_s }) =>
      `it is expected to be off after ${s(limit_s)}, and its node has to go after ${s(left_s)}`,
    nl: ({ left_s, limit_s }) =>
      `het is naar verwachting na ${seconden(limit_s)} uit, en zijn node moet na ${seconden(left_s)} gaan`,
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
  'hypervisor-away': {
    en: () =>
      'this hypervisor does not answer now: nothing on it could be shut down, and the plan is of when it was seen last',
    nl: () =>
      'deze hypervisor antwoordt nu niet: daar kan niets netjes uit, en het plan is van toen hij het laatst te zien was',
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
} as const satisfies Phrases;
