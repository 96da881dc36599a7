import { serviceNames } from '@huismeester/contracts';
import { type Database, rows } from '@huismeester/database';
import type { DesiredRecord } from '@huismeester/policy/desired/record';
import type { Feed } from '@huismeester/policy/facts/ups';
import type { Guest } from '@huismeester/policy/facts/vm';
import { waitFor } from '@huismeester/testkit';
import { sql } from 'drizzle-orm';
import { readLogs, using } from './archive.ts';
import { deedFaults, type Outcome } from './checks/deeds.ts';
import { type Applied, consumerFaults, type Log, logFaults, type Taken } from './checks/logs.ts';
import { type DesiredRow, type LogOf, type Stored, stateFaults } from './checks/states.ts';
import type { Space } from './space.ts';

type Reader = { execute: Database['orm']['execute'] };

/** The services' databases at one moment. */
interface Still {
  readonly logs: readonly Log[];
  readonly stored: Stored;
  /** What is not done yet, or was put aside: nothing, once all is quiet. */
  readonly unrest: readonly string[];
}

/** Waits until all is read, done and said, with every process ready; resolves with how everything stands then. */
export async function stillness(space: Space, timeoutMs: number): Promise<Still> {
  let last: readonly string[] = [];
  const look = async (): Promise<Still | undefined> => {
    const away = await Promise.all(
      serviceNames.map(async (name) => ((await space.apis[name].isReady()) ? [] : [`${name} is not ready`])),
    );
    last = away.flat();
    if (last.length > 0) return undefined;
    const still = await using(space.databases.space, (database) =>
      database.transaction(readStill, { isolation: 'repeatable read', readOnly: true }),
    );
    last = still.unrest;
    return last.length === 0 ? still : undefined;
  };
  return await waitFor('all is quiet', look, { timeoutMs, everyMs: 250 }).catch((cause: unknown) => {
    throw new Error(`it does not get quiet: ${last.join('; ')}`, { cause });
  });
}

async function readStill(tx: Reader): Promise<Still> {
  const logs = await readLogs(tx);
  const states = async <T>(text: string) =>
    rows<{ state: T }>(await tx.execute(sql.raw(text))).map(({ state }) => state);
  const standings = rows<{ state: DesiredRecord; decision: string }>(
    await tx.execute(sql`select state, decision from policy.desired_state where decision is not null`),
  );
  const desired = rows<DesiredRow>(await tx.execute(sql`select * from vm_lifecycle.desired`));
  const stored: Stored = {
    feeds: await states<Feed>('select state from policy.ups'),
    guests: await states<Guest>('select state from policy.vm'),
    standings: standings.flatMap(({ state: { decided }, decision }) =>
      decided ? [desiredRow({ ...decided, mode: 'enforce', decision })] : [],
    ),
    desired: desired.map(desiredRow),
    upses: rows<{ id: string; version: number; mains: string }>(
      await tx.execute(sql`select id, version, state ->> 'mains' as mains from ups_monitor.ups`),
    ),
    vms: rows<{ id: string; status: string }>(await tx.execute(sql`select id, status from vm_lifecycle.vm`)),
  };
  return { logs, stored, unrest: await unrestIn(tx) };
}

function desiredRow({ target, state, generation, mode, decision }: DesiredRow): DesiredRow {
  return { target, state, generation, mode, decision };
}

/** Everything that counts as not done, and how much of it there is. A log may have several readers in one service. */
async function unrestIn(tx: Reader): Promise<string[]> {
  const found = await tx.execute(sql`
    select 'policy has not read ups-monitor' as what, h.position - c.position as count
      from ups_monitor.log_head h, policy.consume_cursor c where c.source = 'ups-monitor' and c.epoch = h.epoch
    union all select 'policy has not read vm-lifecycle', h.position - c.position
      from vm_lifecycle.log_head h, policy.consume_cursor c where c.source = 'vm-lifecycle' and c.epoch = h.epoch
    union all select 'vm-lifecycle has not read policy', h.position - c.position
      from policy.log_head h, vm_lifecycle.consume_cursor c where c.source = 'policy' and c.epoch = h.epoch
    union all select 'logs that are not read in their epoch', 3 - count(*) from (
      select 'ups-monitor' from policy.consume_cursor c join ups_monitor.log_head h on h.epoch = c.epoch
      union select 'vm-lifecycle' from policy.consume_cursor c join vm_lifecycle.log_head h on h.epoch = c.epoch
      union select 'policy' from vm_lifecycle.consume_cursor c join policy.log_head h on h.epoch = c.epoch) same
    union all select 'cursors of another epoch', count(*) from (
      select c.reader from policy.consume_cursor c, ups_monitor.log_head h
        where c.source = 'ups-monitor' and c.epoch <> h.epoch
      union all select c.reader from policy.consume_cursor c, vm_lifecycle.log_head h
        where c.source = 'vm-lifecycle' and c.epoch <> h.epoch
      union all select c.reader from vm_lifecycle.consume_cursor c, policy.log_head h
        where c.source = 'policy' and c.epoch <> h.epoch) others
    union all select 'ups-monitor has not published', h.position - c.position
      from ups_monitor.log_head h, ups_monitor.publish_cursor c
    union all select 'vm-lifecycle has not published', h.position - c.position
      from vm_lifecycle.log_head h, vm_lifecycle.publish_cursor c
    union all select 'policy has not published', h.position - c.position from policy.log_head h, policy.publish_cursor c
    union all select 'tasks', count(*) from vm_lifecycle.task
    union all select 'requests in flight', count(*) from vm_lifecycle.request where phase in ('intended', 'accepted')
    union all select 'dead letters of policy', count(*) from policy.dead_letter
    union all select 'dead letters of vm-lifecycle', count(*) from vm_lifecycle.dead_letter`);
  return rows<{ what: string; count: number | string }>(found).flatMap(({ what, count }) =>
    Number(count) === 0 ? [] : [`${what}: ${count}`],
  );
}

/** What is wanted of each VM, and what it really is. */
export function outcomesOf({ world }: Space, { stored }: Pick<Still, 'stored'>): Outcome[] {
  const wanted = new Map(stored.standings.map(({ target, state }) => [target, state]));
  return world.vmids.map((vmid) => ({
    vm: String(vmid),
    wanted: wanted.get(`vm/${vmid}`) ?? 'hands-off',
    is: world.proxmox.guest(vmid).status,
  }));
}

/** All that is not as it must be at the end. */
export async function faultsOf(space: Space, still: Still, lost: readonly Log[]): Promise<string[]> {
  const { logs, stored } = still;
  const logOf: LogOf = (service) => logs.find((log) => log.service === service) as Log;
  const all = (service: string) =>
    [...lost, ...logs].flatMap((log) => (log.service === service ? log.entries : []));
  return [
    ...[...lost, ...logs].flatMap(logFaults),
    ...stateFaults(stored, logOf),
    ...deedFaults(space.world.sent(), { vmLifecycle: all('vm-lifecycle'), policy: all('policy') }),
    ...(await witnessFaults(space, logs, lost)),
  ];
}

/** The witness goes on reading meanwhile: it must have come as far as the logs had by then. */
async function witnessFaults(space: Space, logs: readonly Log[], lost: readonly Log[]): Promise<string[]> {
  const { databases } = space;
  const reach = new Map(logs.map(({ service, entries }) => [service, entries.length]));
  const seen = await using(databases.witness, async ({ orm }) => {
    await waitFor(
      'the witness has read all',
      async () => {
        const cursors = rows<{ source: string; epoch: string; position: number | string }>(
          await orm.execute(sql`select source, epoch, position from chaos_witness.consume_cursor`),
        );
        return logs.every(({ service, epoch }) =>
          cursors.some(
            (each) =>
              each.source === service &&
              each.epoch === epoch &&
              Number(each.position) >= (reach.get(service) ?? 0),
          ),
        );
      },
      { timeoutMs: 60_000, everyMs: 100 },
    );
    return {
      applied: rows<Applied>(await orm.execute(sql`select * from chaos_witness.applied`)).map(numbered),
      taken: rows<Taken>(await orm.execute(sql`select * from chaos_witness.taken`)).map(numbered),
      letters: rows(await orm.execute(sql`select id from chaos_witness.dead_letter`)).length,
    };
  });
  const now = await using(databases.space, ({ orm }) => readLogs(orm));
  const present = now.map((log) => ({ ...log, reach: reach.get(log.service) ?? 0 }));
  return [
    ...consumerFaults(seen.applied, seen.taken, { present, lost }).map((each) => `the witness: ${each}`),
    ...(seen.letters > 0 ? [`the witness has ${seen.letters} dead letters`] : []),
  ];
}

/** A bigint comes as text. */
function numbered<T extends { position: number }>(row: T): T {
  return { ...row, position: Number(row.position), ...('nth' in row && { nth: Number(row.nth) }) };
}
