import type { Ups } from '@huismeester/contracts';
import { Registry } from 'prom-client';
import { expect, it } from 'vitest';
import { addMetrics } from './metrics.ts';

const rack: Ups = {
  id: 'rack',
  contact: 'ok',
  mains: 'on-battery',
  status: ['OB', 'DISCHRG', 'LB', 'RB'],
  low: true,
  forced: false,
  stuckForced: false,
  replaceBattery: true,
  testing: false,
  charge_pct: 23,
  runtime_s: 310,
  load_pct: 41,
  power_w: 512,
  input_v: 0,
  output_v: 230.4,
  battery_v: 25.1,
};

/** The value of each gauge at a scrape. */
async function scraped(ups: Ups): Promise<Record<string, number>> {
  const registry = new Registry();
  addMetrics(registry, ups.id, () => ups);
  const metrics = await registry.getMetricsAsJSON();
  return Object.fromEntries(metrics.flatMap(({ name, values }) => values.map(({ value }) => [name, value])));
}

it('has a value for all that the UPS measures, in base units', async () => {
  expect(await scraped(rack)).toEqual({
    huismeester_ups_contact: 1,
    huismeester_ups_on_battery: 1,
    huismeester_ups_battery_low: 1,
    huismeester_ups_replace_battery: 1,
    huismeester_ups_charge_ratio: 0.23,
    huismeester_ups_runtime_seconds: 310,
    huismeester_ups_load_ratio: 0.41,
    huismeester_ups_power_watts: 512,
    huismeester_ups_input_volts: 0,
    huismeester_ups_output_volts: 230.4,
    huismeester_ups_battery_volts: 25.1,
  });
});

it('without contact has no more than that, and how the mains were', async () => {
  expect(await scraped({ ...rack, contact: 'unreachable' })).toEqual({
    huismeester_ups_contact: 0,
    huismeester_ups_on_battery: 1,
  });
});

it('has nothing before the first look, and nothing that a UPS does not measure', async () => {
  expect(await scraped({ ...rack, contact: 'unknown', mains: 'unknown' })).toEqual({});
  const { charge_pct: _, runtime_s: __, ...poor } = rack;
  const readings = await scraped(poor);
  expect(readings).not.toHaveProperty('huismeester_ups_charge_ratio');
  expect(readings).not.toHaveProperty('huismeester_ups_runtime_seconds');
});
