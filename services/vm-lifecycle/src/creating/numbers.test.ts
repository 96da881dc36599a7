import { expect, it } from 'vitest';
import { freeVmid } from '../core/creating/vmid.ts';
import { othersOf } from './numbers.ts';

it('a number that another guest had is free again a while after it was seen', () => {
  const now = Date.parse('2026-12-01T12:00:00Z');
  const site = { others: new Map([[900, now]]), hypervisor: { taken: () => new Set([901]) } };
  const range = { from: 900, to: 901 };
  const free = (afterMs: number) => freeVmid(range, othersOf(site, new Date(now + afterMs)));
  expect(free(0)).toBeUndefined();
  expect(free(3_600_000)).toBeUndefined();
  expect(free(3_600_001)).toBe(900);
  expect(site.others.size).toBe(0);
});
