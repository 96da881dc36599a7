import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startNutSimulator } from '@huismeester/simulators';
import { startUpsd, tempDir, type Upsd, type UpsdUps } from '@huismeester/testkit';
import type { Served } from './estate-settings.ts';
import { type Plot, plotId, secondOf } from './plot.ts';
import type { Ground, RealRow, Row, SimulatedRow } from './row.ts';

/** What is to be closed in the end, last first. */
export type Closers = (() => Promise<unknown>)[];

/** The UPSes of one row, and the row itself, to be played with whatever serves them. */
export interface Supply {
  readonly upses: readonly Served[];
  /** Sets a variable, and waits until it is served. */
  set(ups: string, variable: string, value: string): Promise<void>;
  play(plot: Plot): Promise<void>;
}

const healthy = {
  'ups.status': 'OL',
  'battery.charge': '100',
  'battery.runtime': '2400',
  'ups.load': '20',
};

/** Starts what serves the UPSes of all rows: one upsd that they share, and those that rows have for themselves. */
export async function raise(rows: readonly Row[], closers: Closers): Promise<Supply[]> {
  const scripts = await tempDir('seq');
  closers.push(scripts.remove);
  const cast = rows.map((row, index) => ({ row, ids: idsOf(row, index) }));
  const open = async (ups: UpsdUps[]): Promise<Upsd> => {
    const upsd = await startUpsd({ ups, maxAgeS: 5 });
    closers.push(upsd.close);
    return upsd;
  };
  const sharing = cast.filter(({ row }) => row.on === 'upsd');
  const upsesOf = ({ row, ids }: (typeof cast)[number]) =>
    Promise.all(ids.map((id) => upsOf(row, id, scripts.path)));
  const shared = Promise.all(sharing.map(upsesOf)).then((upses) => open(upses.flat()));
  const supplies = cast.map(async (each): Promise<Supply> => {
    const { row, ids } = each;
    if (row.on === 'simulator') return await simulated(row, ids, closers);
    return await served(row, ids, row.on === 'upsd' ? await shared : await open(await upsesOf(each)));
  });
  const raised = await Promise.allSettled([shared, ...supplies]);
  const failed = raised.find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') throw failed.reason;
  return await Promise.all(supplies);
}

async function simulated(row: SimulatedRow, ids: readonly string[], closers: Closers): Promise<Supply> {
  const simulator = await startNutSimulator({ upses: ids.map((name) => ({ name, vars: varsOf(row) })) });
  closers.push(simulator.close);
  return {
    upses: ids.map((id) => ({ id, port: simulator.port })),
    set: async (ups, variable, value) => simulator.set(ups, variable, value),
    play: (plot) => row.play(plot, simulator),
  };
}

async function served(row: RealRow, ids: readonly string[], upsd: Upsd): Promise<Supply> {
  for (const id of ids) {
    await row.before?.(upsd, id);
    if (row.script) await upsd.stopDriver(id);
  }
  return {
    upses: ids.map((id) => ({ id, port: upsd.port })),
    set: upsd.set,
    play: (plot) => row.play(plot, upsd),
  };
}

function idsOf({ feeds = 1 }: Ground, index: number): string[] {
  const id = plotId(index);
  return feeds === 1 ? [id] : [id, secondOf(id)];
}

async function upsOf(row: Ground, name: string, dir: string): Promise<UpsdUps> {
  if (row.script === undefined) return { name, vars: varsOf(row) };
  const file = join(dir, `${name}.seq`);
  await writeFile(file, `${row.script.join('\n')}\n`);
  return { name, file, mode: 'dummy-loop' };
}

function varsOf({ vars }: Ground): Record<string, string> {
  return Object.fromEntries(
    Object.entries({ ...healthy, ...vars }).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value]],
    ),
  );
}
