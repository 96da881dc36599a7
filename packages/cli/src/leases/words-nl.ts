import type { Words } from './words-en.ts';

export const dutch: Words = {
  lease: {
    heads: { vm: 'vm', name: 'naam', goesOff: 'gaat uit', state: 'stand', owner: 'eigenaar', why: 'waarom' },
    nothing: (days) => `Er gaat ${days === 1 ? 'de komende dag' : `de komende ${days} dagen`} geen VM uit.`,
    states: {
      running: 'draait',
      warned: 'gewaarschuwd',
      moved: 'later',
      due: 'gaat nu uit',
      limited: 'wacht op andere',
      held: 'even met rust gelaten',
      'not-stopped': 'gaat niet uit',
      unseen: 'niet te zien',
      clock: 'klok niet te vertrouwen',
      off: 'uit',
      over: 'uit, termijn voorbij',
    },
    renewed: (name, ends) => `${name} mag draaien tot ${ends}. Verleng zo vaak je wilt.`,
  },
  clock: {
    believed: 'De klok is te vertrouwen.',
    why: {
      jumped: 'De klok versprong meer dan een uur, dus er loopt geen termijn af: kijk ernaar.',
      'before-last-event':
        'De klok loopt achter op de nieuwste gebeurtenis, dus er loopt geen termijn af: kijk ernaar.',
    },
    ifRight: 'Loopt hij nu goed? `huismeester clock accept`',
    since: (at) => `sinds ${at}`,
    accepted: 'De klok is weer te vertrouwen: termijnen lopen weer af.',
  },
  notices: {
    heads: {
      queued: 'sinds',
      kind: 'wat',
      about: 'waarover',
      to: 'aan',
      state: 'stand',
      next: 'dan weer',
      error: 'fout',
    },
    nothing: 'Er is niemand geschreven.',
    states: {
      queued: 'wacht',
      handed: 'verstuurd',
      'failed-for-good': 'niet te versturen',
      dropped: 'niet verstuurd',
    },
    team: 'het team',
  },
};
