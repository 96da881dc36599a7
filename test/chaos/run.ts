import { setTimeout as sleep } from 'node:timers/promises';
import { rows } from '@huismeester/database';
import { portOpen, waitFor } from '@huismeester/testkit';
import { sql } from 'drizzle-orm';
import { dump, using } from './archive.ts';
import type { BrokerKind } from './broker.ts';
import { type Outcome, outcomeFaults } from './checks/deeds.ts';
import type { Log } from './checks/logs.ts';
import { notBack } from './checks/mains.ts';
import { memoryFaults, peaks, type Sample } from './checks/memory.ts';
import { type Disturbance, disturb } from './disturb.ts';
import { faultsOf, outcomesOf, stillness } from './end.ts';
import { arm, dumpOf, type Stage } from './faults.ts';
import { returnOf } from './mains-back.ts';
import type { Kind, Pace } from './plan.ts';
import { randomOf } from './random.ts';
import { openSpace, type Space } from './space.ts';
import { beginStory, type Story } from './story.ts';
import { startStranger } from './strangers.ts';
import { calm, finalScene, type Power, restless, type Size } from './world.ts';

export interface ChaosOptions {
  readonly seed: number;
  readonly broker: BrokerKind;
  readonly size: Size;
  readonly pace: Pace;
  /** How many hardware facts there must be before it may end. */
  readonly facts: number;
  /** How long the faults go on at least, and how long to wait for the facts. */
  readonly atLeastMs: number;
  readonly atMostMs: number;
  /** How long the faults go on after the last scene was set. */
  readonly tailMs: number;
  readonly heard?: (line: string) => void;
}

/** What a run came to. */
export interface ChaosResult {
  /** Nothing, or everything that was not as it must be. */
  readonly faults: readonly string[];
  readonly story: readonly string[];
  readonly facts: number;
  readonly decisions: number;
  readonly requests: number;
  /** How often each kind of fault was done. */
  readonly done: ReadonlyMap<Kind, number>;
  /** The most memory of each process, MiB. */
  readonly peaks: ReadonlyMap<string, number>;
  readonly tookMs: number;
  /** What the processes printed last, when something was wrong. */
  readonly output: string;
}

const patienceMs = 180_000;
const settlingMs = 60_000;

/** Runs once: sets everything up, plays the last scene undisturbed, disturbs, plays it again, and compares. */
export async function runChaos(options: ChaosOptions): Promise<ChaosResult> {
  const story = beginStory(options.heard ?? (() => {}));
  const space = await openSpace(options.size, options.broker);
  const samples: Sample[] = [];
  const sampling = setInterval(() => void sample(space, story, samples), 1_000);
  try {
    return await inSpace(space, story, samples, options);
  } finally {
    clearInterval(sampling);
    await space.close();
  }
}

async function inSpace(
  space: Space,
  story: Story,
  samples: Sample[],
  options: ChaosOptions,
): Promise<ChaosResult> {
  const lost: Log[] = [];
  await Promise.all(space.processes.map((each) => each.start()));
  // An embedded broker comes with its program.
  await waitFor('the broker is there', () => portOpen(space.broker.portFor(0)), { timeoutMs: patienceMs });
  const stranger = await startStranger(space.brokerUrl);
  const stage: Stage = { space, stranger, lost, seed: options.seed };
  const found: string[] = [];
  let disturbance: Disturbance | undefined;
  let counts = { facts: 0, decisions: 0 };
  try {
    await begin(space, story);
    const scene = finalScene(space.world, randomOf(options.seed));
    const undisturbed = await rehearse(space, story, scene);
    await dump(space.databases.space, dumpOf(space));
    disturbance = disturb(stage, options, story);
    await drive(stage, options, disturbance, story);
    const end = await finish(space, story, { scene, disturbance, undisturbed, tailMs: options.tailMs });
    counts = countsOf([...lost, ...end.logs]);
    found.push(...outcomeFaults(undisturbed, outcomesOf(space, end)), ...(await faultsOf(space, end, lost)));
  } catch (error) {
    found.push(describe(error));
  } finally {
    await disturbance?.end();
    await stranger.close();
  }
  found.push(...troubles(space), ...memoryFaults(samples, space.layout.mostMiB));
  return {
    faults: found,
    story: story.lines(),
    ...counts,
    requests: space.world.sent().length,
    done: disturbance?.done() ?? new Map(),
    peaks: peaks(samples),
    tookMs: story.elapsedMs(),
    output: found.length > 0 ? outputOf(space) : '',
  };
}

async function begin(space: Space, story: Story): Promise<void> {
  await arm(space);
  await waitFor(
    'every guest was looked into',
    async () => {
      const { results } = await space.apis['vm-lifecycle'].get<{ results: { onboot?: boolean }[] }>(
        '/api/v1/vms?limit=1000',
      );
      return results.filter(({ onboot }) => onboot !== undefined).length === space.world.vmids.length;
    },
    { timeoutMs: patienceMs, everyMs: 100 },
  );
  await stillness(space, patienceMs);
  story.add('everything runs, and every clause is armed');
}

/** The last scene without any fault, and everything as before again: what the end is compared with. */
async function rehearse(space: Space, story: Story, scene: ReadonlyMap<string, Power>): Promise<Outcome[]> {
  play(space, scene);
  await reached(space, scene);
  const outcomes = outcomesOf(space, await stillness(space, patienceMs));
  await allRun(space, 31);
  await stillness(space, patienceMs);
  const off = outcomes.filter(({ is }) => is === 'stopped').length;
  story.add(`undisturbed, the last scene takes ${off} of ${outcomes.length} guests down`);
  return outcomes;
}

/** Keeps the hardware busy until there were enough facts, and every kind of fault. */
async function drive(
  { space, lost }: Stage,
  { facts, atLeastMs, atMostMs, seed, pace }: ChaosOptions,
  disturbance: Disturbance,
  story: Story,
): Promise<void> {
  const step = restless(space.world, randomOf(seed + 1));
  const kept = await headOf(space);
  const began = story.elapsedMs();
  const steps = setInterval(step, 250);
  let reported = 0;
  const enough = async (): Promise<boolean> => {
    if (disturbance.failed()) return true;
    const before = lost.reduce(
      (sum, log) => sum + (log.service === 'ups-monitor' ? log.entries.length - kept : 0),
      0,
    );
    const count = before + (await headOf(space));
    if (count - reported >= 1_000) {
      reported = count;
      story.add(`${count} facts`);
    }
    const all = pace.kinds.every((kind) => disturbance.done().has(kind));
    return all && count >= facts && story.elapsedMs() - began >= atLeastMs;
  };
  try {
    await waitFor(`${facts} facts`, enough, { timeoutMs: atMostMs, everyMs: 500 });
  } finally {
    clearInterval(steps);
  }
  const failed = disturbance.failed();
  if (failed) throw failed;
}

/** The last scene while faults go on, then without them until all is quiet and decided. */
async function finish(
  space: Space,
  story: Story,
  how: {
    scene: ReadonlyMap<string, Power>;
    disturbance: Disturbance;
    undisturbed: readonly Outcome[];
    tailMs: number;
  },
) {
  const { scene, disturbance, undisturbed, tailMs } = how;
  story.add('mains are back everywhere');
  await allRun(space, 32);
  story.add('all guests run again; the last scene');
  play(space, scene);
  await sleep(tailMs);
  await disturbance.end();
  story.add('no more faults');
  await reached(space, scene);
  // A guest that runs again is let go of only after a while.
  let end = await stillness(space, patienceMs);
  const until = story.elapsedMs() + settlingMs;
  while (outcomeFaults(undisturbed, outcomesOf(space, end)).length > 0 && story.elapsedMs() < until) {
    await sleep(1_000);
    end = await stillness(space, patienceMs);
  }
  story.add('all is quiet');
  return end;
}

function play({ world }: Space, scene: ReadonlyMap<string, Power>): void {
  for (const [ups, power] of scene) world.set(ups, power);
}

/** Mains everywhere, at a load that is known by this return alone, until all is over: see `notBack`. */
async function allRun(space: Space, loadPct: number): Promise<void> {
  play(space, new Map(space.world.upses.map((ups) => [ups, { ...calm, loadPct }])));
  let found: readonly string[] = ['nothing was ever answered'];
  let unanswered: readonly string[] = [];
  const over = async (): Promise<boolean> => {
    try {
      found = notBack(await returnOf(space), loadPct);
      unanswered = [];
      return found.length === 0;
    } catch (error) {
      // What is killed, cut off or restored just then does not answer.
      unanswered = [describe(error)];
      return false;
    }
  };
  await waitFor('mains are back', over, { timeoutMs: patienceMs, everyMs: 250 }).catch((cause: unknown) => {
    throw new Error(`mains are back, but: ${[...found, ...unanswered].join('; ')}`, { cause });
  });
}

/** The classes that are off at each level of a battery, in the order of a node's guests. */
async function reached(space: Space, scene: ReadonlyMap<string, Power>): Promise<void> {
  const { world } = space;
  const wrong = () =>
    world.vmids.filter((vmid, index) => {
      const power = scene.get(world.upses[Math.floor(index / 4)] ?? '') ?? calm;
      const place = index % 4;
      const off = power.onBattery && (place < 2 || power.chargePct < (place === 2 ? 35 : 20));
      return world.running(vmid) === off;
    });
  await waitFor('the last scene has its effect', () => wrong().length === 0, {
    timeoutMs: patienceMs,
    everyMs: 100,
  }).catch((cause: unknown) => {
    throw new Error(`these guests are not as their UPS wants it: ${wrong().join(', ')}`, { cause });
  });
}

/** Facts are what the hardware did: all of ups-monitor's log, and what vm-lifecycle saw. */
function countsOf(logs: readonly Log[]): { facts: number; decisions: number } {
  const ids = new Map(
    logs.flatMap(({ service, entries }) => entries.map(({ id, type }) => [id, { service, type }])),
  );
  const found = [...ids.values()];
  const acts = /^(vm|node)\.power-/;
  return {
    facts: found.filter(({ service, type }) => service !== 'policy' && !acts.test(type)).length,
    decisions: found.filter(({ type }) => type === 'desired-state.decided').length,
  };
}

async function headOf({ databases }: Space): Promise<number> {
  return await using(databases.space, async ({ orm }) => {
    const found = await orm.execute(sql`select position from ups_monitor.log_head`);
    return Number(rows<{ position: number | string }>(found)[0]?.position ?? 0);
  });
}

async function sample(space: Space, story: Story, samples: Sample[]): Promise<void> {
  for (const each of space.processes) {
    const taken = await each.sample(story.elapsedMs());
    if (taken) samples.push(taken);
  }
}

function troubles(space: Space): string[] {
  return space.processes.flatMap((each) => each.trouble() ?? []);
}

function outputOf(space: Space): string {
  return space.processes.map((each) => `--- ${each.name} ---\n${each.output()}`).join('\n');
}

function describe(error: unknown): string {
  const parts: string[] = [];
  for (let each = error; each instanceof Error; each = each.cause) parts.push(each.message);
  return parts.join('; because of ');
}
