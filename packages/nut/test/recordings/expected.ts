import type { UpsIdentity, UpsReadings } from '../../src/index.ts';

/** What is to be read from a recording. */
export interface Facts {
  readonly status: readonly string[];
  readonly readings: UpsReadings;
  readonly identity: UpsIdentity;
}

const corner = (model: string): UpsIdentity => ({ manufacturer: 'Corner Shop', model });
const grid = (model: string, serial?: string): UpsIdentity => ({
  manufacturer: 'Grid Works',
  model,
  ...(serial === undefined ? {} : { serial }),
});

/** By the name of the recording. */
export const expected: Readonly<Record<string, Facts>> = {
  'all-ones': {
    status: ['OL', 'LB', 'OVER', 'RB', 'BOOST'],
    readings: { charge_pct: 1, runtime_s: 1, load_pct: 1, input_v: 1, output_v: 1, battery_v: 1 },
    identity: corner('Desk 1200'),
  },
  'all-zeros': {
    status: ['OL'],
    readings: { charge_pct: 0, input_v: 273, battery_v: 0, temperature_c: 0 },
    identity: { manufacturer: 'TOWER UPS SYSTEMS', model: '20' },
  },
  'always-off': {
    status: ['OFF'],
    readings: {
      charge_pct: 91,
      runtime_s: 20_460,
      load_pct: 0,
      input_v: 238,
      output_v: 0,
      temperature_c: 0,
    },
    identity: grid('Rack 1440VA/1000W'),
  },
  'bogus-outage': {
    status: ['OB', 'LB', 'RB'],
    readings: {
      charge_pct: 100,
      runtime_s: 2710,
      load_pct: 23,
      input_v: 121.7,
      output_v: 120,
      battery_v: 21.2,
      temperature_c: 21,
    },
    identity: { manufacturer: 'Tower & Sons', model: 'T6000' },
  },
  bypass: {
    status: ['OL', 'BYPASS'],
    readings: { load_pct: 0, input_v: 232, output_v: 232, battery_v: 13.4, temperature_c: 25 },
    identity: {},
  },
  'bypass-alone': {
    status: ['BOOST', 'BYPASS'],
    readings: {
      charge_pct: 100,
      runtime_s: 1390,
      load_pct: 34,
      input_v: 113.9,
      output_v: 112.8,
      battery_v: 82.9,
    },
    identity: { manufacturer: 'Tower & Sons', model: 'Tower 2200' },
  },
  calibrating: {
    status: ['OL', 'CAL'],
    readings: { load_pct: 29, input_v: 120.3, output_v: 120, battery_v: 26.1 },
    identity: {},
  },
  contradiction: {
    status: ['OL', 'OB'],
    readings: { charge_pct: 100, battery_v: 27.3 },
    identity: { manufacturer: 'Padded Ltd', model: 'Twin 1000', serial: '#42' },
  },
  efficient: {
    status: ['OL', 'HE'],
    readings: {
      charge_pct: 100,
      runtime_s: 6420,
      load_pct: 5.19,
      power_w: 25.9,
      temperature_c: 37.3,
      input_v: 240.39,
      output_v: 239,
      battery_v: 26.84,
    },
    identity: grid('R-750', '....'),
  },
  'empty-status': { status: [], readings: { charge_pct: 0 }, identity: { model: 'Unknown' } },
  good: {
    status: ['OL', 'CHRG', 'LB', 'HE'],
    readings: {
      charge_pct: 12,
      runtime_s: 480,
      load_pct: 54,
      power_w: 972,
      temperature_c: 31.5,
      input_v: 229.9,
      output_v: 230,
      battery_v: 48.1,
    },
    identity: grid('R-3000', 'GW0002'),
  },
  'high-battery': {
    status: ['OL', 'HB', 'ECO'],
    readings: { charge_pct: 100, load_pct: 12, input_v: 229.5, battery_v: 29.9 },
    identity: corner('800VA'),
  },
  'no-battery': {
    status: ['ALARM', 'OL', 'CHRG'],
    readings: { charge_pct: 0, runtime_s: 1350, input_v: 119, battery_v: 12.4 },
    identity: { manufacturer: 'Tower & Sons', model: 'TOWER UPS', serial: 'FW-0001 E' },
  },
  'no-numbers': {
    status: ['OL'],
    readings: { load_pct: 17, input_v: 231, output_v: 231 },
    identity: corner('600VA'),
  },
  'no-status': {
    status: [],
    readings: { charge_pct: 100, input_v: 245.6, battery_v: 54.7 },
    identity: { model: 'R1K5' },
  },
  'output-off': {
    status: ['OL', 'OFF'],
    readings: { charge_pct: 100, runtime_s: 2410, load_pct: 0, input_v: 221 },
    identity: corner('Desk 700'),
  },
  overflow: {
    status: ['OL', 'CHRG'],
    readings: { charge_pct: 67, battery_v: 52 },
    identity: grid('R-X 750', '<serial>'),
  },
  padded: {
    status: ['OL'],
    readings: {
      charge_pct: 97.5,
      runtime_s: 3990,
      load_pct: 0.2,
      input_v: 121,
      output_v: 265,
      battery_v: 2.3,
    },
    identity: { model: 'TOWER UPS 700i' },
  },
  'power-cut': {
    status: ['OB', 'DISCHRG'],
    readings: {
      charge_pct: 94,
      load_pct: 5.2,
      input_v: 0,
      output_v: 220.4,
      battery_v: 52.2,
      temperature_c: 16.4,
    },
    identity: grid('R-2200', 'GW0003'),
  },
  recharging: {
    status: ['OL', 'CHRG', 'LB'],
    readings: { charge_pct: 66, load_pct: 47, input_v: 120, battery_v: 13 },
    identity: corner('Desk 500'),
  },
  'replace-battery': {
    status: ['ALARM', 'OL', 'CHRG', 'RB'],
    readings: { charge_pct: 100, runtime_s: 1032, load_pct: 30, power_w: 502, input_v: 234, output_v: 234 },
    identity: { manufacturer: 'GRID WORKS', model: 'Grid Works 5R 2000', serial: 'GW0004' },
  },
  'self-test': {
    status: ['OL', 'DISCHRG'],
    readings: {
      charge_pct: 47,
      runtime_s: 1310,
      load_pct: 16,
      output_v: 120,
      battery_v: 23.8,
      temperature_c: 29.2,
    },
    identity: corner('Desk 900'),
  },
  'stuck-fsd': {
    status: ['ALARM', 'OL', 'FSD'],
    readings: { charge_pct: 97.5, load_pct: 33.3 },
    identity: grid('R-2000', 'GW0001'),
  },
  trimming: {
    status: ['OL', 'CHRG', 'TRIM', 'OFF'],
    readings: { charge_pct: 100, runtime_s: 9047, load_pct: 0, power_w: 0, input_v: 245.6, output_v: 0 },
    identity: { manufacturer: 'GRID WORKS', model: '5S 750' },
  },
  'worn-battery': {
    status: ['OL', 'LB'],
    readings: {
      charge_pct: 100,
      runtime_s: 120,
      load_pct: 45.2,
      input_v: 242.8,
      battery_v: 54.55,
      temperature_c: 57.6,
    },
    identity: { manufacturer: 'Grid Works', model: 'R-3000 RM', serial: '[deleted]' },
  },
};
