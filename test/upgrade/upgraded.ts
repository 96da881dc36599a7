import { createRatedClock } from '@huismeester/clock';
import { type WaitOptions, waitFor } from '@huismeester/testkit';
import { inThisProcess } from '../spaces/e2e/in-this-process.ts';
import { type Moment, type MomentName, readMoment } from './moment.ts';
import { execute } from './postgres.ts';
import { openWorld, type World } from './world.ts';

/** How many times as fast as it does time passes for the program and at Proxmox. */
const rate = 4;
/** Whatever an upgrade would ask for again is asked for by then: so many looks at Proxmox, and what policy decides anew. */
const looks = 4;
const quietMs = 3_000;
const busy: WaitOptions = { timeoutMs: 90_000, everyMs: 50 };

/** The present program on what an older one left, and what it did there. */
export interface Upgraded {
  readonly moment: Moment;
  readonly world: World;
  /** The power requests that reached Proxmox, `120 shutdown`, in the order of their ids; also those that the test made again. */
  requests(): string[];
  /** The guests that were asked to do this, in the order of their ids; as often as they were asked. */
  ofAct(act: 'shutdown' | 'start'): number[];
  /** Decisions about a target that want what the one before wanted already, as `what: state`. */
  repeated(): Promise<string[]>;
  /** How long after the newest such event the first request was made after it. */
  secondsUntilAsked(event: string): Promise<number>;
  /** What is armed, as `rule/clause`. */
  armed(): Promise<string[]>;
  /** The kinds of the violations that are open. */
  openViolations(): Promise<string[]>;
  mainsBack(): Promise<void>;
  statusesAre(vmids: readonly number[], status: 'running' | 'stopped'): Promise<boolean>;
}

/**
 * Starts the program on a database as it was at a moment, which was `agoMs` ago, and waits until anything that would follow
 * has followed.
 */
export async function upgrade(
  name: MomentName,
  database: string,
  { agoMs = 0 }: { agoMs?: number } = {},
): Promise<Upgraded> {
  const moment = await readMoment(name);
  const clock = createRatedClock({ rate });
  const world = await openWorld(
    (file, api) => inThisProcess(file, api, clock),
    database,
    moment,
    { name, moment, agoMs },
    rate,
  );
  const looked = () =>
    world.proxmox.requests.filter(({ path }) => path.includes('/cluster/resources')).length;
  const first = looked();
  const end = clock.monotonicMs() + quietMs;
  await waitFor('it is quiet', () => clock.monotonicMs() > end && looked() - first >= looks, busy);
  return { moment, world, ...requestsIn(world), ...logsIn(database), ...deedsIn(world) };
}

function requestsIn(world: World): Pick<Upgraded, 'requests' | 'ofAct'> {
  const requests = (): string[] => {
    const asked = world.proxmox.requests.flatMap(({ method, path }) => {
      const [, vmid, act] = /\/(?:qemu|lxc)\/(\d+)\/status\/([a-z]+)$/.exec(path) ?? [];
      return method === 'POST' && vmid !== undefined ? [`${vmid} ${act}`] : [];
    });
    return asked.toSorted((a, b) => a.localeCompare(b));
  };
  const ofAct: Upgraded['ofAct'] = (act) =>
    requests()
      .flatMap((each) => (each.endsWith(act) ? [Number.parseInt(each, 10)] : []))
      .toSorted((a, b) => a - b);
  return { requests, ofAct };
}

function logsIn(database: string): Pick<Upgraded, 'repeated' | 'secondsUntilAsked'> {
  return {
    repeated: () =>
      execute(
        database,
        // An older decision has its VM or node in the subject alone.
        `select target || ': ' || (data->>'state') from (
          select target, data, time, lag(data) over w as before from (
            select *, coalesce(data->>'target', replace(replace(subject, 'desired-state/', 'vm/'), 'node-state/', 'node/'))
              as target from policy.event_log
            where type in ('desired-state.decided', 'node-state.decided')) as each
          window w as (partition by target order by position)) as decided
        where before->>'state' = data->>'state' and before->>'clause' = data->>'clause'
          and before->>'mode' is not distinct from data->>'mode'
          and time < (before->>'validUntil')::timestamptz`,
      ),
    async secondsUntilAsked(event) {
      const [found] = await execute(
        database,
        `with fact as (select max((data->>'since')::timestamptz) as since from ups_monitor.event_log where type = '${event}')
        select extract(epoch from min(time) - since) from vm_lifecycle.event_log, fact
        where type = 'vm.power-requested' and time > since group by since`,
      );
      return Number(found);
    },
  };
}

function deedsIn(world: World): Pick<Upgraded, 'armed' | 'openViolations' | 'mainsBack' | 'statusesAre'> {
  return {
    async armed() {
      const { results } = await world.get<{ results: { rule: string; clause: string; mode: string }[] }>(
        '/api/v1/rules',
      );
      return results.flatMap(({ rule, clause, mode }) => (mode === 'enforce' ? [`${rule}/${clause}`] : []));
    },
    async openViolations() {
      const { results } = await world.get<{ results: { kind: string }[] }>('/api/v1/violations');
      return results.map(({ kind }) => kind);
    },
    async mainsBack() {
      await world.ups('battery.charge', '60');
      await world.ups('ups.status', 'OL CHRG');
    },
    statusesAre: (vmids, status) => {
      const all = () => vmids.every((vmid) => world.proxmox.guest(vmid).status === status);
      return waitFor(`${vmids} ${status}`, all, busy);
    },
  };
}
