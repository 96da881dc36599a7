import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EventData, StoredEvent } from '@huismeester/contracts';
import { type NutSimulator, startNutSimulator } from '@huismeester/simulators';
import { startUpsd, tempDir, tempSite, type Upsd, type UpsdUps, waitFor } from '@huismeester/testkit';
import type { Timing } from '../src/core/timing.ts';
import { type Ears, listenTo } from './ears.ts';
import { startMonitor } from './monitor.ts';

/** What a row of the table can do and wait for, with its own UPS. */
export interface Scene {
  readonly id: string;
  /** Waits until this was said of the UPS, as the row has it in `says`; `times`: so many times. */
  said(what: string, times?: number): Promise<void>;
  /** Waits until the monitor has seen this status. */
  sees(status: string): Promise<void>;
  /** The same of another row's UPS. */
  of(id: string): Scene;
}

interface Case {
  /** Its name in events, where another row must know it. */
  readonly id?: string;
  readonly is: string;
  /** What the UPS reports besides, or instead of, what a healthy one does; undefined: not at all. */
  readonly vars?: Readonly<Record<string, string | undefined>>;
  /** All that was said in the end, in order, battery readings aside. */
  readonly says: readonly string[];
}

/** On a real upsd: the one that most rows share, or one that only this row may kill. */
export interface RealRow extends Case {
  readonly on: 'upsd' | 'own upsd';
  /** The lines of a `.seq` script, which dummy-ups plays from when its driver is started. */
  readonly script?: readonly string[];
  /** Before the monitor is there. */
  readonly before?: (upsd: Upsd, id: string) => Promise<void>;
  readonly play: (scene: Scene, upsd: Upsd) => Promise<void>;
}

/** What a real one cannot do, or not fast enough. */
export interface SimulatedRow extends Case {
  readonly on: 'simulator';
  readonly play: (scene: Scene, simulator: NutSimulator) => Promise<void>;
}

export type Row = RealRow | SimulatedRow;

/** What was said of a row's UPS, or why the row could not be played. */
export interface Played {
  readonly said: readonly string[];
  readonly events: readonly StoredEvent[];
  readonly failure?: unknown;
}

const rowLimitMs = 90_000;

const healthy = {
  'ups.status': 'OL',
  'battery.charge': '100',
  'battery.runtime': '1800',
  'ups.load': '20',
};

/** Plays all rows side by side before one ups-monitor. Rejects only when that could not be set up. */
export async function playAll(rows: readonly Row[], timing: Timing): Promise<Played[]> {
  const cast = rows.map((row, index) => ({ row, id: row.id ?? `row-${index}` }));
  const cleanups: (() => Promise<void>)[] = [];
  try {
    const scripts = await tempDir('seq');
    cleanups.push(scripts.remove);
    const stages = await raise(cast, scripts.path, cleanups);
    const database = await tempSite('ups');
    cleanups.push(database.remove);
    const upses = stages.map(({ id, port }) => ({ id, name: id, port, pollVariables: '1s' }));
    const monitor = await startMonitor({ upses, site: database, timing });
    cleanups.push(monitor.close);
    const ears = listenTo(monitor);
    const played = await Promise.allSettled(stages.map((stage) => inTime(stage, ears)));
    // Whatever else would be said is due by then: two looks, and what follows a second after.
    const end = performance.now() + 2000;
    await waitFor('two more seconds', () => performance.now() > end);
    const results = stages.map(async ({ id }, index): Promise<Played> => {
      const events = await ears.eventsOf(id);
      const failure = played[index]?.status === 'rejected' ? { failure: played[index].reason } : {};
      return { said: sinceContact(events.flatMap(lineOf)), events, ...failure };
    });
    return await Promise.all(results);
  } finally {
    for (const cleanup of cleanups.reverse()) await cleanup();
  }
}

/** On a busy machine nothing may answer for 3 s when everything starts: what is said of that belongs to no row. */
function sinceContact([first, ...said]: string[]): string[] {
  const isOfStart = first === 'lost: unreachable' && said.length > 0;
  return first === undefined || isOfStart ? said : [first, ...said];
}

/** A row that waits for ever must not keep the others from being judged. */
async function inTime({ id, play }: Stage, ears: Ears): Promise<void> {
  const over = new AbortController();
  try {
    await Promise.race([play(sceneOf(ears, id)), overdue(id, over.signal)]);
  } finally {
    over.abort();
  }
}

async function overdue(id: string, signal: AbortSignal): Promise<never> {
  await sleep(rowLimitMs, undefined, { signal, ref: false });
  throw new Error(`${id} was not played to its end in ${rowLimitMs} ms`);
}

interface Stage {
  readonly id: string;
  readonly port: number;
  readonly play: (scene: Scene) => Promise<void>;
}

type Cast = readonly { readonly row: Row; readonly id: string }[];

/** Starts what the rows need: the shared upsd, and the others. */
async function raise(cast: Cast, dir: string, cleanups: (() => Promise<void>)[]): Promise<Stage[]> {
  const sharing = cast.filter(({ row }) => row.on === 'upsd');
  const opening = Promise.all(sharing.map(({ row, id }) => upsOf(row, id, dir))).then(open);
  const stages = cast.map(async ({ row, id }): Promise<Stage> => {
    if (row.on === 'simulator') {
      const simulator = await startNutSimulator({ upses: [{ name: id, vars: varsOf(row) }] });
      cleanups.push(simulator.close);
      return { id, port: simulator.port, play: (scene) => row.play(scene, simulator) };
    }
    const upsd = row.on === 'upsd' ? await opening : await open([await upsOf(row, id, dir)]);
    await row.before?.(upsd, id);
    if (row.script) await upsd.stopDriver(id);
    return { id, port: upsd.port, play: (scene) => row.play(scene, upsd) };
  });
  const raised = await Promise.allSettled([opening, ...stages]);
  const failed = raised.find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') throw failed.reason;
  return await Promise.all(stages);

  async function open(ups: UpsdUps[]): Promise<Upsd> {
    const upsd = await startUpsd({ ups, maxAgeS: 5 });
    cleanups.push(upsd.close);
    return upsd;
  }
}

async function upsOf(row: Row, name: string, dir: string): Promise<UpsdUps> {
  if (row.on === 'simulator' || row.script === undefined) return { name, vars: varsOf(row) };
  const file = join(dir, `${name}.seq`);
  await writeFile(file, `${row.script.join('\n')}\n`);
  return { name, file, mode: 'dummy-loop' };
}

function varsOf({ vars }: Row): Record<string, string> {
  return Object.fromEntries(
    Object.entries({ ...healthy, ...vars }).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value]],
    ),
  );
}

function sceneOf(ears: Ears, id: string): Scene {
  return {
    id,
    async said(what, times = 1) {
      await waitFor(
        `${what} of ${id} is said`,
        async () => {
          const own = await ears.eventsOf(id);
          return own.flatMap(lineOf).filter((line) => line === what).length >= times;
        },
        { timeoutMs: rowLimitMs, everyMs: 150 },
      );
    },
    async sees(status) {
      const fits = async () => (await ears.monitor.ups(id))?.status.join(' ') === status;
      await waitFor(`${id} is seen to say ${status}`, fits, { timeoutMs: rowLimitMs, everyMs: 200 });
    },
    of: (other) => sceneOf(ears, other),
  };
}

/** An event as the table has it; how many battery readings there are depends on how long a row takes. */
function lineOf({ type, data }: StoredEvent): string[] {
  const what = type.slice('ups.'.length);
  if (what === 'battery-reading') return [];
  if (what === 'lost' || what === 'stale') {
    return [`${what}: ${(data as EventData<'ups.lost'>).contact}`];
  }
  if (what === 'forced-shutdown-stuck') {
    const { at_contact } = data as EventData<'ups.forced-shutdown-stuck'>;
    return [at_contact ? `${what} at contact` : what];
  }
  if (what !== 'on-battery') return [what];
  const { charge_pct, runtime_s } = data as EventData<'ups.on-battery'>;
  const numbers = [
    ...(charge_pct === undefined ? [] : [`${charge_pct} %`]),
    ...(runtime_s === undefined ? [] : [`${runtime_s} s`]),
  ];
  return [[what, ...numbers].join(' ')];
}
