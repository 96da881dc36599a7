import { expect, it } from 'vitest';
import { type Battery, runtimeS, step } from './battery.ts';

const full: Battery = { capacity_s: 600, load_pct: 50, charge_pct: 100, rate_pct_s: 0.5, onMains: true };

it('lasts in inverse proportion to the load', () => {
  expect(runtimeS(full)).toBeCloseTo(1200);
  expect(runtimeS({ ...full, load_pct: 100 })).toBeCloseTo(600);
  expect(runtimeS({ ...full, charge_pct: 25 })).toBeCloseTo(300);
  expect(runtimeS({ ...full, load_pct: 0 })).toBeCloseTo(60_000);
});

it('discharges on battery, in one step as in many, and never below zero', () => {
  const cut = { ...full, onMains: false };
  expect(step(cut, 600_000).charge_pct).toBeCloseTo(50);
  let many: Battery = cut;
  for (let tick = 0; tick < 600; tick += 1) many = step(many, 1000);
  expect(many.charge_pct).toBeCloseTo(50);
  expect(step(cut, 10_000_000).charge_pct).toBe(0);
});

it('charges on mains at its rate, and never above full', () => {
  const low = { ...full, charge_pct: 10 };
  expect(step(low, 20_000).charge_pct).toBeCloseTo(20);
  expect(step(low, 10_000_000).charge_pct).toBe(100);
});
