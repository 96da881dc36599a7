import { setTimeout as pause } from 'node:timers/promises';
import { waitFor } from '@huismeester/testkit';
import { inMs, inSeconds, median, type Row } from '../row.ts';
import { type Cluster, startCluster } from './cluster.ts';
import { type Home, startHome } from './home.ts';

const vms = 1_000;
const nodes = Array.from({ length: 20 }, (_, index) => `n${index}`);
const patient = { timeoutMs: 60_000, everyMs: 5 };
const pollMs = 2_000;
/** Until what follows from all VMs being elsewhere is over. */
const restMs = 3_000;
const listings = 5;

/** One VM, or all of them, stand on another node by one listing, so many times each: from that call until `/vms` has them there. */
export async function vmsRefresh(times: number): Promise<Row> {
  const cluster = await startCluster({ nodes, many: vms, durations: { resourcesDelay: 0 } });
  try {
    const home = await startHome(cluster, { vms, poll: `${pollMs}ms`, nodes });
    try {
      await pause(restMs);
      const idleMs = await idle(cluster, home);
      // All on one, in which code runs for the first time.
      await move(cluster, home, 'n0', vms);
      const [one, all]: [Moved[], Moved[]] = [[], []];
      for (let time = 0; time < times; time += 1) {
        const node = `n${1 + (time % 2)}`;
        await pause(restMs);
        one.push(await move(cluster, home, node, 1));
        await pause(restMs);
        all.push(await move(cluster, home, node, vms));
      }
      return rowOf(one, all, idleMs);
    } finally {
      await home.close();
    }
  } finally {
    await cluster.close();
  }
}

const isListing = ({ path }: { readonly path: string }) => path.includes('/cluster/resources');

interface Moved {
  readonly tookMs: number;
  readonly calls: number;
}

async function move(
  cluster: Cluster,
  { ask, sessions: [team = ''] }: Home,
  node: string,
  count: number,
): Promise<Moved> {
  await cluster.requests();
  await cluster.move(node, count);
  const there = async () => {
    const { body } = await ask(team, `/vms?limit=1&node=${node}`);
    return (body as { count: number }).count === count;
  };
  await waitFor(`${count} VMs are on ${node}`, there, patient);
  const until = Date.now();
  // The first since the move: one that was under way then may have been answered before it.
  const asked = await cluster.requests();
  const listing = asked.find(isListing);
  if (listing === undefined) throw new Error('the cluster was not asked');
  return { tookMs: until - listing.at, calls: asked.filter(({ at }) => at <= until).length };
}

/** What a listing costs of which nothing follows, ms of CPU. */
async function idle(cluster: Cluster, home: Home): Promise<number> {
  await cluster.requests();
  const before = await home.cpuMs();
  await pause(listings * pollMs);
  const cpuMs = (await home.cpuMs()) - before;
  return cpuMs / (await cluster.requests()).filter(isListing).length;
}

function rowOf(one: readonly Moved[], all: readonly Moved[], idleMs: number): Row {
  const middle = (moved: readonly Moved[]) => median(moved.map(({ tookMs }) => tookMs));
  const calls = median(one.map((each) => each.calls));
  return {
    what: `${vms.toLocaleString('en')} VMs refreshed by one listing, from that call until /vms has what is new, median of ${one.length}`,
    measured: `one VM stands on another node: ${inSeconds(middle(one))}, after ${calls} requests to Proxmox; all of them do, each with an event of its own: ${inSeconds(middle(all))}`,
    target: 'one ≤ 1 s; all ≤ 1 s',
    met: middle(one) <= 1_000 && middle(all) <= 1_000,
    reference: `nothing is new: ${inMs(idleMs)} of CPU a listing, with all else that the process does in ${pollMs / 1000} s`,
  };
}
