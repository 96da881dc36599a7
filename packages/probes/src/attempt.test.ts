import { systemClock } from '@huismeester/clock';
import { describe, expect, it } from 'vitest';
import { type Attempt, runAttempt, type Work } from './attempt.ts';
import { withDeadline } from './deadline.ts';
import { LookFailure, short } from './failure.ts';
import type { Look } from './look.ts';

/** Of a network for documentation (RFC 5737): never one of this machine. */
const elsewhere = { address: '198.51.100.7', family: 4 } as const;
const here = { address: '127.0.0.1', family: 4 } as const;
const failing =
  (error: unknown): Work =>
  async () => {
    throw error;
  };
const system = (code: string) => Object.assign(new Error(code), { code });
const attempt = (work: Work, address: typeof elsewhere | typeof here = elsewhere) =>
  runAttempt(address, work, { clock: systemClock, signal: new AbortController().signal });

describe('an attempt', () => {
  it.each([
    ['ECONNREFUSED', 'down', 'refused', true],
    ['ECONNRESET', 'down', 'no-answer', false],
    ['EHOSTUNREACH', 'down', 'no-answer', false],
    ['ENETUNREACH', 'down', 'no-answer', false],
    ['EPERM', 'unknown', 'not-allowed-here', false],
    ['EMFILE', 'unknown', 'not-allowed-here', false],
    ['EAFNOSUPPORT', 'unknown', 'not-allowed-here', false],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'down', 'wrong-answer', true],
  ])('that fails with %s', async (code, outcome, reason, answered) => {
    expect(await attempt(failing(system(code)))).toEqual({ outcome, reason, detail: code, answered });
  });

  it('could not be made for want of a route: it shows how the network is', async () => {
    for (const detail of ['ENETUNREACH', 'EHOSTUNREACH']) {
      const look = await attempt(failing(new LookFailure('not-allowed-here', detail)));
      expect(look).toMatchObject({ outcome: 'unknown', reason: 'not-allowed-here', inVain: true });
    }
    expect(await attempt(failing(system('EPERM')))).not.toHaveProperty('inVain');
  });

  it('was answered by another host only', async () => {
    const work: Work = async (each) => {
      each.heard();
      return { latencyMs: 1 };
    };
    expect(await attempt(work)).toMatchObject({ outcome: 'up', answered: true });
    expect(await attempt(work, here)).toMatchObject({ outcome: 'up', answered: false });
    expect(await attempt(failing(system('ECONNREFUSED')), here)).toMatchObject({ answered: false });
  });

  it('was answered before it was lost', async () => {
    const look = await attempt(async (each) => {
      each.heard();
      throw system('ECONNRESET');
    });
    expect(look).toMatchObject({ reason: 'no-answer', answered: true });
  });

  it('rejects on a fault of our own, and closes what it opened', async () => {
    let closed = 0;
    const looking = attempt(async (each) => {
      each.whenOver(() => (closed += 1));
      throw new TypeError('a bug');
    });
    await expect(looking).rejects.toThrow('a bug');
    expect(closed).toBe(1);
  });

  it('closes at once what is opened after its end', async () => {
    let late: (() => void) | undefined;
    let closed = 0;
    await attempt(async (each) => {
      late = () => each.whenOver(() => (closed += 1));
      return { latencyMs: 1 };
    });
    late?.();
    expect(closed).toBe(1);
  });
});

describe('a deadline', () => {
  const limits = { clock: systemClock, deadline: '20ms', deadlineMs: 20 };
  const never = (before: (attempt: Attempt) => void): Work => {
    return (each) => {
      before(each);
      return new Promise(() => undefined);
    };
  };
  const look = (work: Work, signal = new AbortController().signal) =>
    withDeadline({ ...limits, signal }, (inner) =>
      runAttempt(elsewhere, work, { clock: systemClock, signal: inner }),
    );

  it('ends a look in silence', async () => {
    const down = { outcome: 'down', reason: 'no-answer', detail: 'no answer within 20ms', answered: false };
    expect(await look(never(() => undefined))).toEqual(down);
    expect(await look(never((each) => each.heard()))).toEqual({ ...down, answered: true });
  });

  it('leaves nothing open where the look rejects', async () => {
    let closed = 0;
    const other = never((each) => each.whenOver(() => (closed += 1)));
    const looking = withDeadline(
      { ...limits, deadlineMs: 60_000, signal: new AbortController().signal },
      async (signal) => {
        const around = { clock: systemClock, signal };
        const [look] = await Promise.all(
          [other, failing(new TypeError('a bug'))].map((work) => runAttempt(elsewhere, work, around)),
        );
        return look as Look;
      },
    );
    await expect(looking).rejects.toThrow('a bug');
    await new Promise((resolve) => setImmediate(resolve));
    expect(closed).toBe(1);
  });

  it('has another reason where more was seen than silence', async () => {
    const work = never((each) => each.ifSilent(new LookFailure('wrong-secret', 'another secret')));
    expect(await look(work)).toMatchObject({ reason: 'wrong-secret', detail: 'another secret' });
  });

  it('says nothing of the service where the look was stopped before it', async () => {
    expect(
      await look(
        never(() => undefined),
        AbortSignal.abort(),
      ),
    ).toEqual({
      outcome: 'unknown',
      detail: 'stopped',
      answered: false,
    });
  });
});

describe('a detail', () => {
  it('is short and plain', () => {
    expect(short('é\u0000\n503')).toBe('?503');
    expect(short('x'.repeat(200))).toHaveLength(79);
  });
});
