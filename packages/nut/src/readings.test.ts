import { describe, expect, it } from 'vitest';
import { parseIdentity, parseReadings } from './readings.ts';

it('reads all that a good UPS reports', () => {
  const readings = parseReadings({
    'battery.charge': '98',
    'battery.runtime': '2340',
    'battery.voltage': '27.30',
    'input.voltage': '232.1',
    'output.voltage': '230',
    'ups.load': '23',
    'ups.realpower': '180',
    'ups.temperature': '31.5',
    'battery.temperature': '25',
  });
  expect(readings).toEqual({
    charge_pct: 98,
    runtime_s: 2340,
    battery_v: 27.3,
    input_v: 232.1,
    output_v: 230,
    load_pct: 23,
    power_w: 180,
    temperature_c: 31.5,
  });
});

it('leaves out what is not there', () => {
  expect(parseReadings({})).toEqual({});
});

describe('runtime', () => {
  it.each(['0', '00000', '-1', '65535', '65535.0', '', 'n/a', '0.00'])('%j is none', (text) => {
    expect(parseReadings({ 'battery.runtime': text })).toEqual({});
  });

  it.each([
    ['21420.00', 21_420],
    ['01480', 1480],
    ['1', 1],
    ['65534', 65_534],
  ])('%j is one', (text, seconds) => {
    expect(parseReadings({ 'battery.runtime': text })).toEqual({ runtime_s: seconds });
  });
});

it.each([
  ['battery.charge', '101'],
  ['battery.charge', '-1'],
  ['battery.charge', 'NaN'],
  ['battery.charge', '0x10'],
  ['battery.charge', '1e3'],
  ['ups.load', '12 %'],
  ['battery.temperature', '-272'],
  ['ups.realpower.nominal', '900'],
  ['ambient.temperature', '21'],
])('leaves out %s %j', (name, text) => {
  expect(parseReadings({ [name]: text })).toEqual({});
});

it.each([
  ['054', 54],
  ['  33.3', 33.3],
  ['0.00', 0],
  ['130', 130],
])('reads a load of %j', (text, load) => {
  expect(parseReadings({ 'ups.load': text })).toEqual({ load_pct: load });
});

it('takes the battery temperature when the UPS has none of its own', () => {
  expect(parseReadings({ 'battery.temperature': '16.6' })).toEqual({ temperature_c: 16.6 });
});

it('prefers ups.* over device.* for the identity, and leaves out blanks', () => {
  expect(
    parseIdentity({
      'ups.serial': '#42',
      'device.serial': '\\#42',
      'ups.model': ' ',
      'device.model': ' 5PX ',
    }),
  ).toEqual({ model: '5PX', serial: '#42' });
  expect(parseIdentity({ 'ups.serial': '' })).toEqual({});
});
