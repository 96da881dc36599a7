import { describe, expect, it } from 'vitest';
import type { Look } from '../look.ts';
import { together } from './uplink.ts';

const up = (latencyMs: number): Look => ({ outcome: 'up', latencyMs, answered: true });
const oneFamily: Look = { outcome: 'degraded', defect: 'one-family', latencyMs: 9, answered: true };
const silent: Look = { outcome: 'down', reason: 'no-answer', detail: 'no answer within 5s', answered: false };
const refused: Look = { outcome: 'down', reason: 'refused', detail: 'ECONNREFUSED', answered: true };
const notHere: Look = { outcome: 'unknown', reason: 'not-allowed-here', detail: 'EPERM', answered: false };

describe('the targets of an uplink', () => {
  it('are up when half of them are, with the median of their latencies', () => {
    expect(together([up(3), silent, up(50), up(7)])).toEqual({
      outcome: 'up',
      detail: '3 of 4',
      latencyMs: 7,
      answered: true,
    });
    expect(together([up(3), silent])).toMatchObject({ outcome: 'up', detail: '1 of 2' });
  });

  it('count one that is degraded as good', () => {
    expect(together([oneFamily, silent, oneFamily])).toMatchObject({ outcome: 'up', detail: '2 of 3' });
  });

  it('are degraded when fewer than half are up', () => {
    expect(together([up(3), silent, silent])).toEqual({
      outcome: 'degraded',
      defect: 'few-targets',
      detail: '1 of 3',
      latencyMs: 3,
      answered: true,
    });
  });

  it('are down when none is', () => {
    const down = { outcome: 'down', reason: 'no-answer', detail: '0 of 3', answered: false };
    expect(together([silent, silent, silent])).toEqual(down);
    expect(together([silent, refused, silent])).toMatchObject({
      outcome: 'down',
      reason: 'refused',
      answered: true,
    });
  });

  it('do not count where they cannot be looked at', () => {
    expect(together([notHere, notHere, up(3)])).toMatchObject({ outcome: 'up', detail: '1 of 1' });
    expect(together([notHere, notHere, notHere])).toEqual(notHere);
  });

  it('are unknown when none is and one could not be looked at, though others were asked in vain', () => {
    expect(together([notHere, silent, notHere])).toEqual({ ...notHere, inVain: true });
    expect(together([notHere, refused])).toEqual({ ...notHere, inVain: true, answered: true });
    expect(together([{ ...notHere, inVain: true }, notHere])).toEqual({ ...notHere, inVain: true });
  });
});
