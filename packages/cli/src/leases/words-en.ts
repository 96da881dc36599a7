import type { Clock, Lease, NoticeResource } from '@huismeester/contracts';

/** What is said about leases, the clock and notices; the other languages have the same. */
export const english = {
  lease: {
    heads: { vm: 'vm', name: 'name', goesOff: 'goes off', state: 'state', owner: 'owner', why: 'why' },
    nothing: (days: number) => `No VM goes off in the next ${days === 1 ? 'day' : `${days} days`}.`,
    states: {
      running: 'runs',
      warned: 'warned',
      moved: 'later',
      due: 'going off',
      limited: 'waits for others',
      held: 'on hold',
      'not-stopped': 'does not go off',
      unseen: 'not seen',
      clock: 'clock not believed',
      off: 'off',
      over: 'off, lease over',
    } as Readonly<Record<Lease['state'], string>>,
    renewed: (name: string, ends: string) => `${name} may run until ${ends}. Renew it as often as you like.`,
  },
  clock: {
    believed: 'The clock is believed.',
    why: {
      jumped: 'The clock jumped by more than an hour, so no lease ends: look at it.',
      'before-last-event': 'The clock is earlier than the newest event, so no lease ends: look at it.',
    } as Readonly<Record<NonNullable<Clock['why']>, string>>,
    ifRight: 'If it is right now: `huismeester clock accept`',
    since: (at: string) => `since ${at}`,
    accepted: 'The clock is believed from now on: leases end again.',
  },
  notices: {
    heads: {
      queued: 'since',
      kind: 'what',
      about: 'about',
      to: 'to',
      state: 'state',
      next: 'next',
      error: 'error',
    },
    nothing: 'Nobody was written to.',
    states: {
      queued: 'waits',
      handed: 'sent',
      'failed-for-good': 'cannot be sent',
      dropped: 'not sent',
    } as Readonly<Record<NoticeResource['state'], string>>,
    team: 'the team',
  },
};

export type Words = typeof english;
