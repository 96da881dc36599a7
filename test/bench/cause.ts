import { advance } from '@huismeester/netwatch/core/advance';
import { applied } from '@huismeester/netwatch/core/applied';
import { createExplainer, type Explanation } from '@huismeester/netwatch/core/explain';
import { graphOf, type Needs } from '@huismeester/netwatch/core/graph';
import type { Sight } from '@huismeester/netwatch/core/thing';
import { emptyWorld, type Signal, type Surroundings, type World } from '@huismeester/netwatch/core/world';
import { inMs, median, type Row } from './row.ts';

const count = 10_000;
/** Each thing has so many below it. */
const width = 8;
const ids = Array.from({ length: count }, (_, index) => (index === 0 ? 'switch/root' : `probe/p${index}`));
const parentOf = (index: number) => ids[Math.floor((index - 1) / width)] ?? '';
const needs = ids.map((id, index): [string, Needs] => [id, index === 0 ? [] : [[parentOf(index)]]]);
const graph = graphOf(new Map(needs));
const about = { core: false, incidents: true, silent: false, here: false };
const known = { about: () => about, isClear: () => true, outages: new Set<string>(), newId: () => 'an-id' };
const at = (s: number): Surroundings => ({ ...known, graph, now: { time: s * 1000, ms: s * 1000 } });

/** A graph of 10,000 things, of which the first fails and all others with it: the cause of each, and the whole step. */
export function cause(rounds: number): Row {
  const explaining: number[] = [];
  const stepping: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const { explainMs, stepMs } = failure(allSeen(emptyWorld, 'answers', 10));
    explaining.push(explainMs);
    stepping.push(stepMs);
  }
  return {
    what: `the cause of ${count.toLocaleString('en')} failures in one graph, each of the one above it, CPU, median of ${rounds}`,
    measured: `${inMs(median(explaining))}; the whole step, with verdicts, one incident of all and its event, ${inMs(median(stepping))}`,
    target: '≤ 20 ms',
    met: median(explaining) <= 20,
    reference: 'none',
  };
}

function failure(up: World): { explainMs: number; stepMs: number } {
  const signals = sights('fails', 20);
  const began = process.cpuUsage();
  const step = advance(up, signals, at(21));
  const stepMs = cpuMs(began);
  const down = applied(up, step, at(21).now);
  if (down.incidents.size !== 1) throw new Error(`there are ${down.incidents.size} incidents`);
  const thing = (id: string) => down.things.get(id);
  const from = process.cpuUsage();
  const { explain } = createExplainer({ graph, thing, outside: () => undefined });
  const found = new Set(ids.map((id): Explanation | undefined => explain(id)).map((each) => each?.root));
  const explainMs = cpuMs(from);
  if (found.size !== 2 || !found.has('switch/root')) throw new Error(`the roots are ${[...found].join()}`);
  return { explainMs, stepMs };
}

/** Of this process, since then. */
function cpuMs(began: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1000;
}

function allSeen(world: World, sight: Sight, s: number): World {
  return applied(world, advance(world, sights(sight, s), at(s)), at(s).now);
}

function sights(sight: Sight, s: number): Signal[] {
  const { now } = at(s);
  return ids.map((thing) => ({ kind: 'sight', thing, sight, since: now }));
}
