import type { EventData } from '@huismeester/contracts';
import { skipWithout } from '@huismeester/testkit';
import { beforeAll, describe, expect, it } from 'vitest';
import { known } from '../src/core/known.ts';
import { type Played, playAll, type RealRow, type Row, type SimulatedRow } from './theatre.ts';

const start = ['found', 'on-mains'];
const cut = 'on-battery 100 % 1800 s';

/** Statuses that a UPS on mains has one after the other, of which nothing must follow. */
function nothingFollows(is: string, ...[first, ...others]: readonly string[]): RealRow {
  return {
    on: 'upsd',
    is,
    vars: { 'ups.status': first },
    says: start,
    async play({ id, said, sees }, upsd) {
      await said('on-mains');
      for (const status of others) {
        await upsd.set(id, 'ups.status', status);
        await sees(status);
      }
    },
  };
}

/** A power cut of a UPS that knows this of its battery. */
function cutWith(is: string, vars: NonNullable<Row['vars']>, onBattery: string): RealRow {
  return {
    on: 'upsd',
    is,
    vars,
    says: [...start, onBattery],
    async play({ id, said }, upsd) {
      await said('on-mains');
      await upsd.set(id, 'ups.status', 'OB DISCHRG');
      await said(onBattery);
    },
  };
}

const quiet: RealRow[] = [
  nothingFollows('LB without OB', 'OL LB', 'OL CHRG LB'),
  nothingFollows('OL and OB at once', 'OL', 'OL OB', 'OL OB LB'),
  nothingFollows('on bypass, with and without OL', 'OL BYPASS', 'BYPASS', 'BOOST BYPASS'),
  nothingFollows('output off, with and without OL', 'OL OFF', 'OFF'),
  nothingFollows('an alarm, and words that nobody knows', 'ALARM OL', 'ALARM OL HE ECO', 'ALARM'),
  nothingFollows('an empty status', 'OL', ''),
];

const cuts: RealRow[] = [
  cutWith('a runtime', {}, cut),
  cutWith('a runtime of 0', { 'battery.runtime': '0' }, 'on-battery 100 %'),
  cutWith('a runtime of −1', { 'battery.runtime': '-1' }, 'on-battery 100 %'),
  cutWith('a runtime of 65535', { 'battery.runtime': '65535' }, 'on-battery 100 %'),
  cutWith('no runtime', { 'battery.runtime': undefined }, 'on-battery 100 %'),
  cutWith('no charge', { 'battery.charge': undefined }, 'on-battery 1800 s'),
  cutWith('neither', { 'battery.charge': undefined, 'battery.runtime': undefined }, 'on-battery'),
];

const outages: RealRow[] = [
  {
    on: 'upsd',
    is: 'OB, then LB, then mains',
    async play({ id, said }, upsd) {
      await said('on-mains');
      await upsd.set(id, 'ups.status', 'OB DISCHRG');
      await said(cut);
      await upsd.set(id, 'ups.status', 'OB DISCHRG LB');
      await said('battery-low');
      await upsd.set(id, 'ups.status', 'OL CHRG LB');
      await said('on-mains', 2);
    },
    says: [...start, cut, 'battery-low', 'on-mains'],
  },
  {
    on: 'upsd',
    is: 'OB and LB at once',
    async play({ id, said }, upsd) {
      await said('on-mains');
      await upsd.set(id, 'ups.status', 'OB LB');
      await said('battery-low');
    },
    says: [...start, cut, 'battery-low'],
  },
  {
    on: 'upsd',
    is: 'a whole cut, by a script',
    script: [
      'battery.charge: 100',
      'battery.runtime: 1800',
      'ups.status: OL',
      'TIMER 8',
      'battery.charge: 60',
      'battery.runtime: 600',
      'ups.status: OB DISCHRG',
      'TIMER 3',
      'battery.charge: 12',
      'battery.runtime: 65535',
      'ups.status: OB DISCHRG LB',
      'TIMER 3',
      'ups.status: OL CHRG',
      'TIMER 300',
    ],
    async play({ id, said }, upsd) {
      await said('lost: driver-gone');
      await upsd.startDriver(id);
      await said('on-mains', 2);
    },
    says: ['lost: driver-gone', ...start, 'on-battery 60 % 600 s', 'battery-low', 'on-mains'],
  },
  {
    on: 'upsd',
    id: 'first-feed',
    is: 'the first of two feeds fails',
    async play({ id, said }, upsd) {
      await said('on-mains');
      await upsd.set(id, 'ups.status', 'OB');
      await said(cut);
    },
    says: [...start, cut],
  },
  {
    on: 'upsd',
    id: 'second-feed',
    is: 'the second fails after it',
    async play({ id, said, of }, upsd) {
      await Promise.all([said('on-mains'), of('first-feed').said(cut)]);
      await upsd.set(id, 'ups.status', 'OB');
      await said(cut);
    },
    says: [...start, cut],
  },
];

const tests: RealRow[] = [
  {
    on: 'upsd',
    is: 'a calibration with LB',
    async play({ id, said }, upsd) {
      await said('on-mains');
      await upsd.set(id, 'ups.status', 'OB LB CAL');
      await said('test-started');
      await upsd.set(id, 'ups.status', 'OL CHRG');
      await said('test-ended');
    },
    says: [...start, 'test-started', 'test-ended'],
  },
  {
    on: 'upsd',
    is: 'a calibration that ends in a power cut',
    async play({ id, said }, upsd) {
      await said('on-mains');
      await upsd.set(id, 'ups.status', 'OB CAL');
      await said('test-started');
      await upsd.set(id, 'ups.status', 'OB LB');
      await said('battery-low');
    },
    says: [...start, 'test-started', 'test-ended', cut, 'battery-low'],
  },
  {
    on: 'upsd',
    is: 'a self-test with LB, by a script',
    script: [
      'ups.test.result: Done and passed',
      'ups.status: OL',
      'TIMER 8',
      'ups.test.result: In progress',
      'ups.status: OB DISCHRG LB',
      'TIMER 4',
      'ups.status: OL CHRG',
      'ups.test.result: Done and passed',
      'TIMER 300',
    ],
    async play({ id, said }, upsd) {
      await said('lost: driver-gone');
      await upsd.startDriver(id);
      await said('test-ended');
    },
    says: ['lost: driver-gone', ...start, 'test-started', 'test-ended'],
  },
];

const forced: RealRow[] = [
  {
    on: 'upsd',
    is: 'FSD set in a power cut, and mains back while upsd keeps it',
    async play({ id, said }, upsd) {
      await said('on-mains');
      await upsd.set(id, 'ups.status', 'OB');
      await said(cut);
      await upsd.fsd(id);
      await said('forced-shutdown');
      await upsd.set(id, 'ups.status', 'OL');
      await said('on-mains', 2);
    },
    says: [...start, cut, 'battery-low', 'forced-shutdown', 'forced-shutdown-stuck', 'on-mains'],
  },
  {
    on: 'upsd',
    is: 'FSD set on mains, and beside OL for too long',
    async play({ id, said }, upsd) {
      await said('on-mains');
      await upsd.fsd(id);
      await said('on-mains', 2);
    },
    says: [...start, cut, 'battery-low', 'forced-shutdown', 'forced-shutdown-stuck', 'on-mains'],
  },
  {
    on: 'upsd',
    is: 'FSD at first contact, then a real power cut',
    before: (upsd, id) => upsd.fsd(id),
    async play({ id, said }, upsd) {
      await said('on-mains');
      await upsd.set(id, 'ups.status', 'OB');
      await said(cut);
      await upsd.set(id, 'ups.status', 'OB LB');
      await said('battery-low');
    },
    says: ['found', 'forced-shutdown-stuck at contact', 'on-mains', cut, 'battery-low'],
  },
  {
    on: 'upsd',
    is: 'FSD that the device always has',
    vars: { 'ups.status': 'ALARM OL FSD' },
    async play({ id, said, sees }, upsd) {
      await said('on-mains');
      await upsd.set(id, 'ups.status', 'OL FSD');
      await sees('OL FSD');
    },
    says: ['found', 'forced-shutdown-stuck at contact', 'on-mains'],
  },
  {
    on: 'own upsd',
    is: 'FSD at first contact, gone after upsd was restarted',
    before: (upsd, id) => upsd.fsd(id),
    async play({ said }, upsd) {
      await said('on-mains');
      await upsd.stop();
      await said('lost: unreachable');
      await upsd.start();
      await said('forced-shutdown-cleared');
    },
    says: [
      'found',
      'forced-shutdown-stuck at contact',
      'on-mains',
      'lost: unreachable',
      'found',
      'forced-shutdown-cleared',
    ],
  },
];

const contacts: RealRow[] = [
  {
    on: 'upsd',
    is: 'WAIT',
    async play({ id, said }, upsd) {
      await said('on-mains');
      await upsd.set(id, 'ups.status', 'WAIT OB LB');
      await said('stale: waiting');
      await upsd.set(id, 'ups.status', 'OL');
      await said('found', 2);
    },
    says: [...start, 'stale: waiting', 'found'],
  },
  {
    on: 'upsd',
    is: 'a driver that hangs',
    async play({ id, said }, upsd) {
      await said('on-mains');
      upsd.pauseDriver(id);
      await said('stale: stale');
      upsd.resumeDriver(id);
      await said('found', 2);
    },
    says: [...start, 'stale: stale', 'found'],
  },
  {
    on: 'upsd',
    is: 'the driver ends on mains, and is back',
    async play({ id, said }, upsd) {
      await said('on-mains');
      await upsd.stopDriver(id);
      await said('lost: driver-gone');
      await upsd.startDriver(id);
      await said('found', 2);
    },
    says: [...start, 'lost: driver-gone', 'found'],
  },
  {
    on: 'upsd',
    is: 'the driver ends on battery, and is back when mains are',
    async play({ id, said }, upsd) {
      await said('on-mains');
      await upsd.set(id, 'ups.status', 'OB');
      await said(cut);
      await upsd.stopDriver(id);
      await said('lost: driver-gone');
      await upsd.startDriver(id);
      await said('on-mains', 2);
    },
    says: [...start, cut, 'lost: driver-gone', 'found', 'on-mains'],
  },
  {
    on: 'own upsd',
    is: 'upsd ends on mains, and is back',
    async play({ said }, upsd) {
      await said('on-mains');
      await upsd.stop();
      await said('lost: unreachable');
      await upsd.start();
      await said('found', 2);
    },
    says: [...start, 'lost: unreachable', 'found'],
  },
  {
    on: 'own upsd',
    is: 'upsd ends on battery, and is back in the same cut',
    async play({ id, said }, upsd) {
      await said('on-mains');
      await upsd.set(id, 'ups.status', 'OB');
      await said(cut);
      await upsd.stop();
      await said('lost: unreachable');
      await upsd.start();
      await said('found', 2);
    },
    says: [...start, cut, 'lost: unreachable', 'found'],
  },
];

const simulated: SimulatedRow[] = [
  {
    on: 'simulator',
    is: 'OB in one look only, again and again',
    async play({ id, said }, simulator) {
      await said('on-mains');
      for (let flaps = 0; flaps < 4; flaps += 1) {
        await simulator.glimpse(id, 'ups.status', 'OB LB');
        await simulator.glimpse(id, 'ups.status', 'OL');
      }
    },
    says: start,
  },
  {
    on: 'simulator',
    is: 'OL in one look only, in a power cut',
    async play({ id, said }, simulator) {
      await said('on-mains');
      simulator.set(id, 'ups.status', 'OB');
      await said(cut);
      await simulator.glimpse(id, 'ups.status', 'OL');
      await simulator.glimpse(id, 'ups.status', 'OB');
    },
    says: [...start, cut],
  },
  {
    on: 'simulator',
    is: 'LB that flickers on battery',
    async play({ id, said }, simulator) {
      await said('on-mains');
      simulator.set(id, 'ups.status', 'OB');
      await said(cut);
      for (const status of ['OB LB', 'OB', 'OB LB']) await simulator.glimpse(id, 'ups.status', status);
    },
    says: [...start, cut, 'battery-low'],
  },
  {
    on: 'simulator',
    is: 'a stuck FSD that flickers',
    vars: { 'ups.status': 'OL FSD' },
    async play({ id, said }, simulator) {
      await said('on-mains');
      for (const status of ['OL', 'OL FSD', '', 'OL FSD']) await simulator.glimpse(id, 'ups.status', status);
    },
    says: ['found', 'forced-shutdown-stuck at contact', 'on-mains'],
  },
  {
    on: 'simulator',
    is: 'a stuck FSD that goes, and one that is set after it',
    vars: { 'ups.status': 'OL FSD' },
    async play({ id, said }, simulator) {
      await said('on-mains');
      simulator.set(id, 'ups.status', 'OL');
      await said('forced-shutdown-cleared');
      simulator.fsd(id, true);
      await said('forced-shutdown');
      simulator.fsd(id, false);
      await said('on-mains', 2);
    },
    says: [
      'found',
      'forced-shutdown-stuck at contact',
      'on-mains',
      'forced-shutdown-cleared',
      cut,
      'battery-low',
      'forced-shutdown',
      'on-mains',
    ],
  },
  {
    on: 'simulator',
    is: 'a battery that is worn, for one look not, and then replaced',
    async play({ id, said }, simulator) {
      await said('on-mains');
      simulator.set(id, 'ups.status', 'OL RB');
      await said('replace-battery');
      await simulator.glimpse(id, 'ups.status', 'OL');
      simulator.set(id, 'ups.status', 'OL');
      await said('battery-replaced');
    },
    says: [...start, 'replace-battery', 'battery-replaced'],
  },
  {
    on: 'simulator',
    is: 'OB LB at first contact, beside a healthy input',
    vars: {
      'ups.status': 'OB LB RB',
      'input.voltage': '122.4',
      'input.transfer.low': '65.0',
      'input.transfer.high': '140.0',
    },
    async play({ said, sees }) {
      await said('replace-battery');
      await sees('OB LB RB');
    },
    says: ['found', 'replace-battery'],
  },
  {
    on: 'simulator',
    is: 'upsd ends on battery, and is back when mains are',
    async play({ id, said }, simulator) {
      await said('on-mains');
      simulator.set(id, 'ups.status', 'OB');
      await said(cut);
      await simulator.stop();
      await said('lost: unreachable');
      simulator.set(id, 'ups.status', 'OL');
      await simulator.start();
      await said('on-mains', 2);
    },
    says: [...start, cut, 'lost: unreachable', 'found', 'on-mains'],
  },
  {
    on: 'simulator',
    is: 'stale, then gone, then waiting, in one power cut',
    async play({ id, said }, simulator) {
      await said('on-mains');
      simulator.set(id, 'ups.status', 'OB');
      await said(cut);
      simulator.stale(id, true);
      await said('stale: stale');
      simulator.driverGone(id, true);
      await said('lost: driver-gone');
      simulator.set(id, 'ups.status', 'WAIT');
      simulator.stale(id, false);
      simulator.driverGone(id, false);
      await said('stale: waiting');
      simulator.set(id, 'ups.status', 'OB LB');
      await said('battery-low');
    },
    says: [...start, cut, 'stale: stale', 'lost: driver-gone', 'stale: waiting', 'found', 'battery-low'],
  },
];

const rows: Row[] = [...quiet, ...cuts, ...outages, ...tests, ...forced, ...contacts, ...simulated];

describe.skipIf(skipWithout('upsd', 'dummy-ups', 'upsrw'))('what counts', () => {
  let played: Played[];
  beforeAll(async () => {
    played = await playAll(rows, { stuckMs: 4000, awayMs: 3000 });
  }, 240_000);

  it.each(rows.map(({ is, says }, index) => ({ is, says, index })))('$is', ({ index, says }) => {
    const { said, failure } = played[index] ?? {};
    expect(said).toEqual(says);
    if (failure !== undefined) throw failure;
  });

  it('two feeds fail in the order in which they do', () => {
    const [first, second] = ['first-feed', 'second-feed'].map((id) => {
      const events = played[rows.findIndex((row) => row.id === id)]?.events ?? [];
      return events.find(({ type }) => type === 'ups.on-battery')?.position ?? Number.NaN;
    });
    expect(first).toBeLessThan(second ?? Number.NaN);
  });

  it('each power cut begins with a reading of the same numbers', () => {
    const firsts = played.flatMap(({ events }) =>
      events.flatMap((event, index) => {
        if (event.type !== 'ups.on-battery') return [];
        const reading = events.slice(index).find(({ type }) => type === 'ups.battery-reading');
        return [{ cut: event, reading }];
      }),
    );
    expect(firsts.length).toBeGreaterThan(rows.length / 2);
    for (const { cut, reading } of firsts) {
      const { charge_pct, runtime_s } = cut.data as EventData<'ups.on-battery'>;
      expect(reading?.data).toMatchObject({ on_battery: true });
      expect(reading?.data).toEqual(expect.objectContaining(known({ charge_pct, runtime_s })));
    }
  });
});
