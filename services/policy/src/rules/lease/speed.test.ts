import { describe, expect, it } from 'vitest';
import { firstAtOrAfter } from '../civil-time.ts';
import { leasePlan } from './plan.ts';
import { isInTime, leastWarningMs, warningsDue } from './warning.ts';

const settings = {
  length: '336h',
  renewals: 'any',
  warnBefore: ['72h', '24h'],
  expireAt: '18:00',
  mostPerHour: 5,
  mostShare: 20,
} as const;
const zone = 'Europe/Amsterdam';
const hourMs = 3_600_000;

describe('leases that run 8,000 times as fast', () => {
  const plan = leasePlan({ ...settings, warnBefore: [...settings.warnBefore] }, zone, 8_000);

  it('have days of 10.8 s, each of which has the time at which VMs are stopped', () => {
    expect(firstAtOrAfter(10_801, plan.expireAt)).toBe(21_600);
    expect(firstAtOrAfter(21_600, plan.expireAt)).toBe(21_600);
  });

  it('warn as many of their hours before as others, and keep the same promise in them', () => {
    const planned = 1_000_000;
    expect(warningsDue(planned, plan, true)).toEqual({ first: planned - 32_400, last: planned - 10_800 });
    expect(leastWarningMs(plan)).toBe(10_800);
    expect(isInTime({ at: planned - 10_800 }, planned, plan)).toBe(true);
    expect(isInTime({ at: planned - 10_799 }, planned, plan)).toBe(false);
  });
});

describe('leases of a real site', () => {
  const plan = leasePlan({ ...settings, warnBefore: [...settings.warnBefore] }, zone);

  it('have the hours of a clock on the wall', () => {
    expect(leastWarningMs(plan)).toBe(24 * hourMs);
    const evening = Date.parse('2026-12-01T17:00:00Z');
    expect(firstAtOrAfter(evening - 1, plan.expireAt)).toBe(evening);
    expect(firstAtOrAfter(evening + 1, plan.expireAt)).toBe(evening + 24 * hourMs);
  });
});
