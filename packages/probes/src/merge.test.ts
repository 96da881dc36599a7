import { describe, expect, it } from 'vitest';
import type { Look } from './look.ts';
import { firstGood, overFamilies } from './merge.ts';

const up = (latencyMs: number, rest: Partial<Look> = {}): Look => ({
  outcome: 'up',
  latencyMs,
  answered: true,
  ...rest,
});
const silent: Look = { outcome: 'down', reason: 'no-answer', detail: 'ETIMEDOUT', answered: false };
const refused: Look = { outcome: 'down', reason: 'refused', detail: 'ECONNREFUSED', answered: true };
const notHere: Look = { outcome: 'unknown', reason: 'not-allowed-here', detail: 'EPERM', answered: false };
const certificate = (notAfter: string) => ({
  fingerprint: 'AB',
  notBefore: '2026-01-01T00:00:00.000Z',
  notAfter,
});
const both = (four: Look, six: Look) =>
  overFamilies([
    { family: 4, look: four },
    { family: 6, look: six },
  ]);

describe('two address families', () => {
  it('are up with the faster latency', () => {
    expect(both(up(30), up(20))).toMatchObject({ outcome: 'up', latencyMs: 20 });
  });

  it('are degraded when one fails, and say which', () => {
    expect(both(up(30), silent)).toEqual({
      outcome: 'degraded',
      defect: 'one-family',
      detail: 'IPv6: ETIMEDOUT',
      latencyMs: 30,
      answered: true,
    });
    expect(both(refused, up(30))).toMatchObject({ defect: 'one-family', detail: 'IPv4: ECONNREFUSED' });
  });

  it('are down with the reason that says more', () => {
    expect(both(silent, refused)).toEqual(refused);
    expect(both(refused, silent)).toEqual(refused);
    const wrong: Look = { outcome: 'down', reason: 'wrong-answer', detail: '503', answered: true };
    expect(both(refused, wrong)).toEqual(wrong);
  });

  it('are what one of them is where the other cannot be looked at', () => {
    expect(both(up(30), notHere)).toEqual(up(30));
    expect(both(notHere, silent)).toEqual(silent);
    expect(both(notHere, notHere)).toEqual(notHere);
  });

  it('show the certificate that is worse', () => {
    const long = certificate('2026-09-01T00:00:00.000Z');
    const brief = certificate('2026-02-01T00:00:00.000Z');
    expect(both(up(1, { certificate: long }), up(2, { certificate: brief })).certificate).toEqual(brief);
    const warned: Look = {
      outcome: 'degraded',
      defect: 'certificate',
      detail: 'expired',
      latencyMs: 2,
      answered: true,
      certificate: { ...long, fault: 'expired' },
    };
    expect(both(up(1, { certificate: brief }), warned)).toEqual({ ...warned, latencyMs: 1 });
  });
});

describe('several addresses', () => {
  it('need one good one, and the others are ended then', async () => {
    let ended = 0;
    const never = new Promise<Look>(() => undefined);
    const tries = [never, Promise.resolve(refused), Promise.resolve(up(5))];
    expect(await firstGood(tries, () => (ended += 1))).toEqual(up(5));
    expect(ended).toBe(1);
  });

  it('are down when all are', async () => {
    const tries = [Promise.resolve(silent), Promise.resolve(refused)];
    expect(await firstGood(tries, () => undefined)).toEqual(refused);
  });
});
