import { skipWithout, testDatabase } from '@huismeester/testkit';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Played, playAll, playLater } from './e2e/playing.ts';
import type { Plot } from './e2e/plot.ts';
import type { LaterRow, RealRow, Row, SimulatedRow } from './e2e/row.ts';

const atOnce = (because: string) => [
  `participant down: ${because}`,
  `space-wide down: ${because}`,
  `core down: ${because}`,
];
const byCharge = ['participant down: on-battery', 'space-wide down: charge', 'core down: charge'];
const restored = ['core up: ran-before', 'space-wide up: ran-before', 'participant up: ran-before'];

/** A whole cut: each class goes when its turn comes, until the battery is nearly empty. */
async function runDown({ status, set, down }: Plot): Promise<void> {
  await status('OB DISCHRG');
  await down('participant');
  await set('battery.charge', '30');
  await down('space-wide');
  await set('battery.charge', '15');
  await down('core');
}

async function mainsBack({ status, set, up }: Plot): Promise<void> {
  await set('battery.charge', '60');
  await status('OL CHRG');
  await up();
}

/** A UPS whose status says these one after the other, with which nothing is to be done. */
function nothingFollows(is: string, ...statuses: readonly string[]): RealRow {
  return {
    on: 'upsd',
    is,
    does: [],
    async play({ status, long }) {
      for (const words of statuses) {
        await status(words);
        await long();
      }
    },
  };
}

/** A UPS that tells this runtime, and a good charge. */
function chargeDecides(is: string, runtime: string | undefined): RealRow {
  return {
    on: 'upsd',
    is,
    vars: { 'battery.runtime': runtime },
    play: async (plot) => {
      await runDown(plot);
      await mainsBack(plot);
    },
    does: [...byCharge, ...restored],
  };
}

const quiet: RealRow[] = [
  {
    on: 'upsd',
    is: 'on battery for less than the hold, again and again: nothing',
    does: [],
    async play({ status, said, long, briefly }) {
      // The other rows all begin at once, and keep the machine so busy that a short time on battery would be a long one.
      await long();
      for (const times of [1, 2, 3]) {
        // The log is read once mains are back: reading it would make the time on battery longer.
        await status('OB DISCHRG');
        await briefly();
        await status('OL CHRG');
        await said('on-battery', times);
        await said('on-mains', times + 1);
      }
    },
  },
  nothingFollows('LB without OB: nothing', 'OL LB'),
  nothingFollows('a calibration with LB: nothing', 'OB LB CAL', 'OL'),
  {
    on: 'upsd',
    is: 'FSD at first contact: nothing, and a violation',
    before: (upsd, ups) => upsd.fsd(ups),
    play: ({ long }) => long(),
    does: [],
    finds: ['stuck-forced-shutdown'],
  },
];

const cuts: RealRow[] = [
  chargeDecides('a power cut: each class in turn by the charge, and back in reverse', '2400'),
  chargeDecides('a runtime of 0: the charge decides', '0'),
  chargeDecides('a runtime of −1: the charge decides', '-1'),
  chargeDecides('a runtime of 65535: the charge decides', '65535'),
  chargeDecides('no runtime: the charge decides', undefined),
  {
    on: 'upsd',
    is: 'runtimes below the limits: each class in turn',
    async play({ status, set, down }) {
      await status('OB DISCHRG');
      await down('participant');
      await set('battery.runtime', '98');
      await down('space-wide');
      await set('battery.runtime', '85');
      await down('core');
    },
    does: ['participant down: on-battery', 'space-wide down: runtime', 'core down: runtime'],
  },
  {
    on: 'upsd',
    is: 'a node that needs ten minutes for itself: all begin that much earlier',
    node: { ownShutdown: '10m' },
    async play({ status, set, said, down }) {
      await status('OB DISCHRG');
      await said('on-battery');
      await set('battery.runtime', '655');
      await down('participant');
      await set('battery.runtime', '635');
      await down('space-wide');
      await set('battery.runtime', '615');
      await down('core');
    },
    does: atOnce('planned'),
  },
  {
    on: 'upsd',
    is: 'neither runtime nor charge: by the time on battery',
    vars: { 'battery.charge': undefined, 'battery.runtime': undefined },
    async play({ status, down }) {
      await status('OB');
      await down('participant', 'space-wide', 'core');
    },
    does: ['participant down: on-battery', 'space-wide down: unread', 'core down: unread'],
  },
  {
    on: 'upsd',
    is: 'LB: all at once',
    async play(plot) {
      await plot.status('OB DISCHRG LB');
      await plot.down('participant', 'space-wide', 'core');
      await mainsBack(plot);
    },
    does: [...atOnce('low'), ...restored],
  },
  {
    on: 'upsd',
    is: 'FSD is set: all at once',
    async play({ id, status, said, down }, upsd) {
      await status('OB DISCHRG');
      await said('on-battery');
      await upsd.fsd(id);
      await down('participant', 'space-wide', 'core');
    },
    does: atOnce('forced'),
  },
  {
    on: 'upsd',
    is: 'a whole cut, by a script',
    script: [
      'battery.charge: 100',
      'battery.runtime: 2400',
      'ups.status: OL',
      'TIMER 8',
      'battery.charge: 60',
      'ups.status: OB DISCHRG',
      'TIMER 16',
      'battery.charge: 30',
      'TIMER 8',
      'battery.charge: 15',
      'TIMER 10',
      'battery.charge: 50',
      'ups.status: OL CHRG',
      'TIMER 300',
    ],
    async play({ id, said, down, up }, upsd) {
      await said('lost');
      await upsd.startDriver(id);
      await down('core');
      await up();
    },
    does: [...byCharge, ...restored],
  },
];

const changes: RealRow[] = [
  {
    on: 'upsd',
    is: 'mains back when participants are off: the others never go',
    async play({ status, down, up }) {
      await status('OB DISCHRG');
      await down('participant');
      await status('OL CHRG');
      await up();
    },
    does: ['participant down: on-battery', 'participant up: ran-before'],
  },
  {
    on: 'upsd',
    is: 'mains back in the middle of a shutdown: it goes off, and starts again',
    guests: { participant: { shutdownSeconds: 8 } },
    async play({ status, asked, down, up }) {
      await status('OB DISCHRG');
      await asked('shutdown', 'participant');
      await status('OL CHRG');
      await down('participant');
      await up();
    },
    does: ['participant down: on-battery', 'participant up: ran-before'],
  },
  {
    on: 'upsd',
    is: 'a second outage during the restore: what runs goes again, what does not is not started',
    guests: { core: { startSeconds: 10 } },
    async play(plot) {
      await plot.status('OB LB');
      await plot.down('participant', 'space-wide', 'core');
      await plot.status('OL CHRG');
      await plot.asked('start', 'core');
      await plot.status('OB DISCHRG');
      await plot.stage('participant');
      await plot.up('core');
      await plot.set('battery.charge', '15');
      await plot.down('core');
      await mainsBack(plot);
    },
    does: [...atOnce('low'), 'core up: ran-before', 'core down: charge', ...restored],
  },
  {
    on: 'upsd',
    is: 'two feeds: nothing until the second fails, then by what that one says',
    feeds: 2,
    async play({ second, status, set, long, down, up }) {
      await status('OB LB');
      await long();
      await status('OB DISCHRG', second);
      await down('participant');
      await set('battery.charge', '30', second);
      await down('space-wide');
      await set('battery.charge', '60', second);
      await status('OL', second);
      await up();
    },
    does: [
      'participant down: on-battery',
      'space-wide down: charge',
      'space-wide up: ran-before',
      'participant up: ran-before',
    ],
  },
];

const guests: RealRow[] = [
  {
    on: 'upsd',
    is: 'a guest on hold is left alone, the others go',
    async play(plot) {
      await plot.hold('space-wide');
      await plot.status('OB LB');
      await plot.down('participant', 'core');
      await mainsBack(plot);
    },
    does: ['participant down: low', 'core down: low', 'core up: ran-before', 'participant up: ran-before'],
  },
  {
    on: 'upsd',
    is: 'a guest that Huismeester itself needs is not asked to go',
    self: 'core',
    async play(plot) {
      await plot.status('OB LB');
      await plot.down('participant', 'space-wide');
      await mainsBack(plot);
    },
    does: [
      'participant down: low',
      'space-wide down: low',
      'space-wide up: ran-before',
      'participant up: ran-before',
    ],
  },
  {
    on: 'upsd',
    is: 'a guest that hangs holds nobody up',
    guests: { participant: { hangsOnShutdown: true } },
    async play({ status, set, asked, down, up }) {
      await status('OB DISCHRG');
      await asked('shutdown', 'participant');
      await set('battery.charge', '30');
      await down('space-wide');
      await set('battery.charge', '15');
      await down('core');
      await set('battery.charge', '60');
      await status('OL CHRG');
      await up();
    },
    does: [...byCharge, 'core up: ran-before', 'space-wide up: ran-before'],
  },
  {
    on: 'upsd',
    is: 'a node that is ours goes after its guests, is woken, and they start again',
    node: { nodeShutdown: 'huismeester', ownShutdown: '5s', wake: 'wol' },
    async play(plot) {
      await runDown(plot);
      await plot.nodeOff();
      await plot.set('battery.charge', '60');
      await plot.status('OL CHRG');
      await plot.wakes();
      await plot.up();
    },
    does: [...byCharge, 'node down: guests-down', ...restored],
  },
];

const contacts: RealRow[] = [
  {
    on: 'own upsd',
    is: 'upsd ends on mains: nothing',
    does: [],
    async play({ said, long }, upsd) {
      await upsd.stop();
      await said('lost');
      await long();
      await upsd.start();
      await said('found', 2);
    },
  },
  {
    on: 'own upsd',
    is: 'upsd ends on battery: the last runtime, less the time since; and back',
    vars: { 'battery.runtime': '120' },
    async play({ id, status, said, down, up }, upsd) {
      await status('OB DISCHRG');
      await said('on-battery');
      await upsd.stop();
      await down('participant', 'space-wide', 'core');
      await upsd.start();
      await said('found', 2);
      // A dummy-ups does not survive SET after its upsd was started again.
      await upsd.stopDriver(id);
      await upsd.startDriver(id);
      await up();
    },
    does: ['participant down: on-battery', 'space-wide down: runtime', 'core down: runtime', ...restored],
  },
  {
    on: 'upsd',
    is: 'the driver ends on battery, and is back with mains',
    async play({ id, status, said, down, up }, upsd) {
      await status('OB DISCHRG');
      await said('on-battery');
      await upsd.stopDriver(id);
      await down('participant');
      await upsd.startDriver(id);
      await up();
    },
    does: ['participant down: on-battery', 'participant up: ran-before'],
  },
  {
    on: 'upsd',
    is: 'a driver that hangs on mains: nothing',
    does: [],
    async play({ id, said, long }, upsd) {
      upsd.pauseDriver(id);
      await said('stale');
      await long();
      upsd.resumeDriver(id);
      await said('found', 2);
    },
  },
];

const simulated: SimulatedRow[] = [
  {
    on: 'simulator',
    is: 'OB in one look only, again and again: nothing',
    does: [],
    async play({ id }, simulator) {
      for (let times = 0; times < 4; times += 1) {
        await simulator.glimpse(id, 'ups.status', 'OB LB');
        await simulator.glimpse(id, 'ups.status', 'OL');
      }
    },
  },
  {
    on: 'simulator',
    is: 'mains come back while upsd is away: restored once it is back',
    async play({ status, said, down, up, long }, simulator) {
      await status('OB DISCHRG');
      await said('on-battery');
      await simulator.stop();
      await down('participant');
      await status('OL');
      await long();
      await simulator.start();
      await up();
    },
    does: ['participant down: on-battery', 'participant up: ran-before'],
  },
  {
    on: 'simulator',
    is: 'stale, then gone, then waiting, on battery: the last runtime, less the time since',
    vars: { 'battery.runtime': '120' },
    async play({ id, status, said, down, up }, simulator) {
      await status('OB DISCHRG');
      await said('on-battery');
      simulator.stale(id, true);
      await down('participant');
      simulator.driverGone(id, true);
      await down('space-wide');
      await status('WAIT');
      simulator.stale(id, false);
      simulator.driverGone(id, false);
      await down('core');
      await status('OL');
      await up();
    },
    does: ['participant down: on-battery', 'space-wide down: runtime', 'core down: runtime', ...restored],
  },
  {
    on: 'simulator',
    is: 'FSD is set, and gone when mains are back: all at once, and restored',
    async play({ id, said, down, up }, simulator) {
      await said('on-mains');
      simulator.fsd(id, true);
      await down('participant', 'space-wide', 'core');
      simulator.fsd(id, false);
      await up();
    },
    does: [...atOnce('forced'), ...restored],
  },
];

const rows: Row[] = [...quiet, ...cuts, ...changes, ...guests, ...contacts, ...simulated];

const cutBegins = async ({ status, said }: Plot): Promise<void> => {
  await status('OB DISCHRG');
  await said('on-battery');
};
const participantsGo = async (plot: Plot): Promise<void> => {
  await cutBegins(plot);
  await plot.down('participant');
};
const allGo = async ({ status, down }: Plot): Promise<void> => {
  await status('OB LB');
  await down('participant', 'space-wide', 'core');
};
/** The decision is made, and not carried out: the guest is being backed up. */
const participantIsLocked = async (plot: Plot): Promise<void> => {
  plot.proxmox.guest(plot.vmids.participant).lock = 'backup';
  await cutBegins(plot);
  await plot.stage('participant');
};
const unlocked = ({ proxmox, vmids }: Plot): void => {
  delete proxmox.guest(vmids.participant).lock;
};
const onMains = ({ status }: Plot): Promise<void> => status('OL CHRG');

const laterRows: LaterRow[] = [
  {
    is: 'killed in the hold, and still on battery: participants go, by the time on battery',
    lastly: cutBegins,
    afterwards: async ({ down, long }) => {
      await down('participant');
      await long();
    },
    does: ['participant down: on-battery'],
  },
  {
    is: 'killed in the hold, and mains are back: nothing',
    lastly: cutBegins,
    meanwhile: onMains,
    afterwards: ({ long }) => long(),
    does: [],
  },
  {
    is: 'killed when participants are off, and still on battery: the others in their turn',
    first: participantsGo,
    async afterwards({ long, set, down }) {
      await long();
      await set('battery.charge', '30');
      await down('space-wide');
    },
    does: ['participant down: on-battery', 'space-wide down: charge'],
  },
  {
    is: 'killed when participants are off, and mains are back: they start again',
    first: participantsGo,
    meanwhile: onMains,
    afterwards: ({ up }) => up(),
    does: ['participant down: on-battery', 'participant up: ran-before'],
  },
  {
    is: 'killed before a decision was carried out, and still on battery: it is made anew',
    first: participantIsLocked,
    meanwhile: async (plot) => unlocked(plot),
    afterwards: ({ down }) => down('participant'),
    does: ['participant down, anew: on-battery'],
  },
  {
    is: 'killed before a decision was carried out, and mains are back: it is not resumed',
    first: participantIsLocked,
    async meanwhile(plot) {
      unlocked(plot);
      await onMains(plot);
    },
    afterwards: ({ long }) => long(),
    does: [],
  },
  {
    is: 'killed in the middle of shutdowns, and mains are back: what went off starts again',
    lastly: async ({ status, asked }) => {
      await status('OB LB');
      await asked('shutdown', 'participant', 'space-wide', 'core');
    },
    async meanwhile(plot) {
      await plot.down('participant', 'space-wide', 'core');
      await onMains(plot);
    },
    afterwards: ({ up }) => up(),
    does: [...atOnce('low'), ...restored],
  },
  {
    is: 'killed when all are off, and still on battery: nothing is asked twice',
    first: allGo,
    afterwards: ({ long }) => long(),
    does: atOnce('low'),
  },
  {
    is: 'killed when all are off, and mains are back: restored',
    first: allGo,
    meanwhile: onMains,
    afterwards: ({ up }) => up(),
    does: [...atOnce('low'), ...restored],
  },
  {
    is: 'killed during the restore: it goes on',
    guests: { core: { startSeconds: 5 } },
    first: allGo,
    async lastly(plot) {
      await onMains(plot);
      await plot.asked('start', 'core');
    },
    afterwards: ({ up }) => up(),
    does: [...atOnce('low'), ...restored],
  },
  {
    is: 'killed during the restore, and on battery again: nothing more is started until mains are back',
    guests: { core: { startSeconds: 12 } },
    first: allGo,
    async lastly(plot) {
      await onMains(plot);
      await plot.asked('start', 'core');
    },
    meanwhile: ({ status }) => status('OB DISCHRG'),
    async afterwards({ stage, up, status }) {
      await stage('participant');
      await up('core');
      await status('OL CHRG');
      await up();
    },
    does: [...atOnce('low'), ...restored],
  },
];

describe.skipIf(skipWithout('upsd', 'dummy-ups', 'upsrw', 'postgres'))('what is done', () => {
  let played: Played[];
  let later: Played[];
  beforeAll(async () => {
    const [one, other] = await Promise.all([testDatabase(), testDatabase()]);
    try {
      [played, later] = await Promise.all([playAll(rows, one.url), playLater(laterRows, other.url)]);
    } finally {
      await Promise.all([one.drop(), other.drop()]);
    }
  }, 240_000);

  it.each(rows.map((row, index) => ({ ...row, index })))('$is', ({ index, does, finds = [] }) => {
    judge(played[index], { does, finds });
  });

  describe('by a Huismeester that is killed, and started 3 h later', () => {
    it.each(laterRows.map((row, index) => ({ ...row, index })))('$is', ({ index, does, finds = [] }) => {
      judge(later[index], { does, finds });
    });
  });
});

function judge(played: Played | undefined, told: Pick<Played, 'does' | 'finds'>): void {
  expect(played).toEqual({ ...told, failure: undefined });
}
