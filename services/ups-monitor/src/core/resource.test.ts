import { expect, it } from 'vitest';
import { every, nothing, onBattery, onMains, play, restarted, timeOf } from '../../test/story.ts';
import { payloadOf, resourceOf } from './resource.ts';

const variables = {
  model: '5P',
  charge_pct: 80,
  runtime_s: 700,
  load_pct: 12,
  input_v: 0,
  testResult: 'Done',
  transfer: { low_v: 180, high_v: 264 },
};
const cut = play(onBattery, [2000, { variables }], [2100, 'OB LB RB']);

it('shows what was said and the newest numbers', () => {
  expect(resourceOf(cut.state, cut.watch)).toEqual({
    id: 'rack',
    contact: 'ok',
    mains: 'on-battery',
    since: timeOf(1000),
    status: ['OB', 'LB', 'RB'],
    low: true,
    forced: false,
    stuckForced: false,
    replaceBattery: true,
    testing: false,
    model: '5P',
    charge_pct: 80,
    runtime_s: 700,
    load_pct: 12,
    input_v: 0,
  });
});

it('has the last said numbers before the UPS is seen again', () => {
  const { state, watch } = restarted(cut);
  expect(resourceOf(state, watch)).toMatchObject({ mains: 'on-battery', charge_pct: 80, status: [] });
});

it('shows that the battery was replaced', () => {
  const { state, watch } = play(cut, ...every(10_000, 3000, 73_000, 'OB'));
  expect(resourceOf(state, watch).replaceBattery).toBe(false);
});

it('has each word also as a number', () => {
  expect(payloadOf(resourceOf(cut.state, cut.watch))).toEqual({
    contact: 'ok',
    contact_n: 1,
    mains: 'on-battery',
    on_battery: 1,
    battery_low: 1,
    replace_battery: 1,
    charge_pct: 80,
    runtime_s: 700,
    load_pct: 12,
    input_v: 0,
  });
  expect(payloadOf(resourceOf(onMains.state, onMains.watch))).toMatchObject({
    mains: 'on-mains',
    on_battery: 0,
  });
});

it('leaves out what nobody knows', () => {
  expect(payloadOf(resourceOf(nothing.state, nothing.watch))).toEqual({ contact: 'unknown', contact_n: 0 });
  const { state, watch } = play(cut, ...every(500, 3000, 7000, { failure: 'unreachable' }));
  expect(payloadOf(resourceOf(state, watch))).toEqual({
    contact: 'unreachable',
    contact_n: 5,
    mains: 'on-battery',
    on_battery: 1,
  });
});
