import { dutch as terms } from '@huismeester/contracts/sentences';
import type { Words } from './words-en.ts';

export const application: Words['application'] = {
  heads: {
    who: 'wie',
    state: 'stand',
    voted: 'gestemd',
    until: 'tot',
    trial: 'proefperiode',
    since: 'sinds',
  },
  nothing: 'Niemand heeft zich aangemeld voor het team. Met `huismeester apply` meld je jezelf aan.',
  states: terms.applicationStates,
  waits: {
    'directory-unknown': 'wacht tot de directory bekend is: `huismeester directory`',
    'clock-insane': 'wacht tot de klok klopt: `huismeester clock`',
    'no-full-member':
      'het team heeft geen volledig lid dat kan stemmen: een bestuurslid benoemt (`huismeester appoint`)',
    'no-board-member': 'wacht op een bestuurslid in het team, dat een veto kan uitspreken (JOIN-2)',
  },
  how: terms.decidedBy,
  labels: {
    applied: 'aangemeld',
    trial: 'proefperiode',
    voted: 'gestemd',
    votes: 'stemmen',
    approved: 'akkoord',
    board: 'bestuur',
    waits: 'wacht',
    meeting: 'vergadering',
    veto: 'veto',
    ended: 'afgelopen',
    would: 'jouw stem',
  },
  backedBy: (at, backer) => `${at}, door ${backer}`,
  days: (days) => (days === 0 ? 'geen' : `${days} dagen`),
  until: (state, at) => `${state}, tot ${at}`,
  voted: (count, of, names) => `${count} van ${of}${names === '' ? '' : `: ${names}`}`,
  votes: terms.votes,
  noObjection: 'geen bezwaar',
  countsNot: 'telt niet: nu geen volledig lid',
  waitsFor: (names) => `wacht op ${names}`,
  mayVeto: (at) => `kan een veto uitspreken tot ${at}`,
  nobodyOfBoard: 'er zit geen bestuurslid in het team',
  meetingOf: (date, outcome, present, page) => `${date}: ${outcome}; aanwezig: ${present}; notulen: ${page}`,
  recordedBy: (by, at) => `vastgelegd door ${by}, ${at}`,
  unconfirmed: (recorded) => `${recorded}; een ander volledig lid bevestigt het`,
  wouldBe: (vote, outcome) => `${vote}: beslist het: ${outcome}`,
  outcomes: terms.voteOutcomes,
  notFound: (who) =>
    `${who} heeft zich niet aangemeld: \`huismeester application\` laat zien wie wel; met \`huismeester apply ${who}\` meld je iemand aan`,
  opened: (who, until) => `Het team stemt over ${who} tot ${until}`,
  proposed: (who) => `Je meldt ${who} aan, en stemt ja zodra het opengaat`,
  askConsent: 'Het gaat open als die ermee instemt: `huismeester apply --consent`.',
  consented: (until) => `Je stemt ermee in: het team stemt erover tot ${until}`,
  withdrawn: (who) => `De aanmelding van ${who} is ingetrokken`,
  trialSet: (who, days) =>
    days === 0 ? `${who} begint zonder proefperiode` : `${who} begint met een proefperiode van ${days} dagen`,
  yourself: 'dat gaat over jezelf: laat de naam weg',
  noneOfYours: 'je hebt geen aanmelding: met `huismeester apply` maak je er een',
};

export const vote: Words['vote'] = {
  sayVote: (who) => `zeg wat je stemt: \`huismeester vote ${who} yes\`, no of abstain`,
  decides: (vote, outcome) => `Jouw stem (${vote}) beslist het: ${outcome}.`,
  sure: 'Stem je zo?',
  sayDecides: (command) =>
    `er is niets gedaan: deze stem beslist het; weet je het zeker: \`huismeester ${command}\``,
  cast: (who, vote) => `Jouw stem over ${who}: ${vote}`,
  change: 'Zolang het open is, kun je je stem veranderen.',
};

export const board: Words['board'] = {
  vetoed: (who) => `Je spreekt namens het bestuur een veto uit over de aanmelding van ${who}`,
  noObjection: (who) => `Je hebt geen bezwaar tegen ${who}`,
  appointed: (who) => `Je benoemt ${who} namens het bestuur`,
};

export const minutes: Words['minutes'] = {
  sayAll:
    'geef --date, --present, --outcome en --page; bevestigen wat een ander vastlegde: --confirm; intrekken: --withdraw',
  nothing: (who) => `Er ligt niets vast van een vergadering over ${who}.`,
  recorded: (who) => `Wat de vergadering besloot over ${who} ligt vast`,
  toConfirm: (who) =>
    `Een ander volledig lid bevestigt het: \`huismeester minutes ${who} --confirm\`; dan is het beslist.`,
  confirmed: (who) => `Wat de vergadering besloot over ${who} is bevestigd`,
  withdrawn: (who) => `Wat er vastlag over ${who} geldt niet meer`,
};
