import { setTimeout as pause } from 'node:timers/promises';
import { inMs, perSecond, quantile, type Row } from '../row.ts';
import { startCluster } from './cluster.ts';
import { type Home, startHome } from './home.ts';

const vms = 10_000;
const onPage = 50;
const atOnce = 8;
/** In which code runs for the first time. */
const warmingUp = 1_000;
/** At rest is a process that takes less than that of a core, in each of so many seconds on end. */
const [mostAtRestMs, restS] = [250, 3];
const nodes = Array.from({ length: 20 }, (_, index) => `n${index}`);

/** Pages of the VMs by their ids, anywhere among all of them, as one of the team reads them; so many requests. */
export async function vmsPage(requests: number): Promise<Row> {
  const cluster = await startCluster({
    nodes,
    many: vms,
    durations: { resourcesDelay: 0 },
  });
  try {
    // The simulated cluster takes longer for a listing of so many than a real one, on a machine that is measured.
    const home = await startHome(cluster, { vms, poll: '30s', nodes });
    try {
      const path = (index: number) =>
        `/vms?limit=${onPage}&offset=${((index * 37) % (vms / onPage)) * onPage}`;
      await checked(home, path(1));
      await atRest(home);
      await load(home, warmingUp, path);
      return rowOf(await load(home, requests, path), await load(home, requests, () => '/bench/used'));
    } finally {
      await home.close();
    }
  } finally {
    await cluster.close();
  }
}

/** Until all VMs that were found at the start were looked at: that is not what is measured. */
async function atRest({ cpuMs }: Home): Promise<void> {
  let [before, seconds] = [await cpuMs(), 0];
  while (seconds < restS) {
    await pause(1_000);
    const now = await cpuMs();
    [seconds, before] = [now - before < mostAtRestMs ? seconds + 1 : 0, now];
  }
}

/** That what is measured is what a page is: whose each is, and its lease. */
async function checked({ ask, sessions: [team = ''] }: Home, path: string): Promise<void> {
  const { body } = await ask(team, path);
  const { count, results } = body as { count: number; results: { owner?: string; lease?: object }[] };
  const whole = results.filter(({ owner, lease }) => owner !== undefined && lease !== undefined).length;
  if (count !== vms || whole !== onPage) throw new Error(`a page has ${whole} whole VMs of ${count}`);
}

interface Load {
  readonly took: readonly number[];
  readonly wallMs: number;
  readonly cpuMs: number;
}

async function load(home: Home, requests: number, path: (index: number) => string): Promise<Load> {
  const { ask, cpuMs, sessions } = home;
  const [team = ''] = sessions;
  const took: number[] = [];
  const [cpu, began] = [await cpuMs(), performance.now()];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let index = next++; index < requests; index = next++) {
      const sent = performance.now();
      const { status } = await ask(team, path(index));
      took.push(performance.now() - sent);
      if (status !== 200) throw new Error(`${path(index)} answered ${status}`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return { took, wallMs: performance.now() - began, cpuMs: (await cpuMs()) - cpu };
}

function rowOf(page: Load, bare: Load): Row {
  const requests = page.took.length;
  const ofOneCore = ({ cpuMs }: Load) => (requests / cpuMs) * 1_000;
  const p99 = quantile(page.took, 0.99);
  return {
    what: `GET /vms, a page of ${onPage} of ${vms.toLocaleString('en')} VMs with owners and leases, with a session, ${requests.toLocaleString('en')} requests, ${atOnce} at once, PostgreSQL beside`,
    measured: `${perSecond(ofOneCore(page))} of a core of the service, ${perSecond((requests / page.wallMs) * 1_000)} with database and asker on the same machine; median ${inMs(quantile(page.took, 0.5))}, p99 ${inMs(p99)}`,
    target: '≥ 1,000/s of a core, p99 ≤ 50 ms',
    met: ofOneCore(page) >= 1_000 && p99 <= 50,
    reference: `a route that reads nothing, with the same session: ${perSecond(ofOneCore(bare))} of a core, p99 ${inMs(quantile(bare.took, 0.99))}`,
  };
}
