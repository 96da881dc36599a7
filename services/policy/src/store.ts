import { type Orm, rows, type Tx } from '@huismeester/database';
import { eq, inArray, sql } from 'drizzle-orm';
import type { Feed } from './core/feed.ts';
import type { Desired, Guest, Standing } from './core/guest.ts';
import type { Hold } from './core/hold.ts';
import type { Model } from './core/model.ts';
import type { NodeStanding } from './core/nodes.ts';
import type { Outage } from './core/stage.ts';
import type { Open } from './core/violations.ts';
import {
  feed,
  guest,
  hold,
  hypervisor,
  node,
  nodeStanding,
  outage,
  ruleMode,
  standing,
  violation,
} from './schema.ts';

type Reader = Orm | Tx;

interface Known {
  readonly kind: keyof Model;
  readonly key: string;
  readonly state: unknown;
}

/** Everything that policy knows, as its tables have it: in one statement, since a decision waits for it. */
export async function loadModel(reader: Reader): Promise<Model> {
  const found = rows<Known>(
    await reader.execute(sql`
      select 'feeds' as kind, ${feed.ups} as key, ${feed.state} as state from ${feed}
      union all select 'guests', ${guest.vm}, ${guest.state} from ${guest}
      union all select 'nodes', ${node.key}, to_jsonb(${node.online}) from ${node}
      union all select 'hypervisors', ${hypervisor.id}, to_jsonb(${hypervisor.reachable}) from ${hypervisor}
      union all select 'outages', ${outage.ups}, ${outage.state} from ${outage}
      union all select 'standings', ${standing.vm}, ${standing.state} from ${standing}
      union all select 'nodeStandings', ${nodeStanding.key}, ${nodeStanding.state} from ${nodeStanding}
      union all select 'holds', ${hold.vm}, ${hold.state} from ${hold}
      union all select 'violations', ${violation.id}, ${violation.state} from ${violation}`),
  );
  return {
    feeds: mapOf<Feed>(found, 'feeds'),
    guests: mapOf<Guest>(found, 'guests'),
    nodes: mapOf<boolean>(found, 'nodes'),
    hypervisors: mapOf<boolean>(found, 'hypervisors'),
    outages: mapOf<Outage>(found, 'outages'),
    standings: mapOf<Standing>(found, 'standings'),
    nodeStandings: mapOf<NodeStanding>(found, 'nodeStandings'),
    holds: mapOf<Hold>(found, 'holds'),
    violations: mapOf<Open>(found, 'violations'),
  };
}

/** Each column holds what its type alone has put there. */
function mapOf<State>(found: readonly Known[], kind: Known['kind']): ReadonlyMap<string, State> {
  return new Map(found.flatMap((row) => (row.kind === kind ? [[row.key, row.state as State] as const] : [])));
}

/** The clauses that were armed, or disarmed, in this epoch; arming does not outlive the database it was said in. */
export async function loadModes(reader: Reader, epoch: string): Promise<Map<string, Desired['mode']>> {
  const rows = await reader.select().from(ruleMode).where(eq(ruleMode.epoch, epoch));
  return new Map(rows.map((row) => [row.clause, row.mode]));
}

export async function feedOf(tx: Tx, ups: string): Promise<Feed | undefined> {
  const [row] = await tx.select().from(feed).where(eq(feed.ups, ups));
  return row?.state;
}

export async function guestOf(tx: Tx, vm: string): Promise<Guest | undefined> {
  const [row] = await tx.select().from(guest).where(eq(guest.vm, vm));
  return row?.state;
}

export async function saveFeed(tx: Tx, state: Feed): Promise<void> {
  await tx
    .insert(feed)
    .values({ ups: state.ups, state })
    .onConflictDoUpdate({ target: feed.ups, set: { state } });
}

export async function saveGuest(tx: Tx, state: Guest): Promise<void> {
  await tx
    .insert(guest)
    .values({ vm: state.vm, state })
    .onConflictDoUpdate({ target: guest.vm, set: { state } });
}

/** Forgets a VM that is no longer listed. Its standing stays: the next generation must be a newer one. */
export async function forgetGuest(tx: Tx, vm: string): Promise<void> {
  await tx.delete(guest).where(eq(guest.vm, vm));
}

/** Replaces all that is known of the UPSes, after a snapshot. */
export async function replaceFeeds(tx: Tx, states: readonly Feed[]): Promise<void> {
  await tx.delete(feed);
  if (states.length > 0) await tx.insert(feed).values(states.map((state) => ({ ups: state.ups, state })));
}

/** Replaces all that is known of the VMs, after a snapshot. */
export async function replaceGuests(tx: Tx, states: readonly Guest[]): Promise<void> {
  await tx.delete(guest);
  if (states.length > 0) await tx.insert(guest).values(states.map((state) => ({ vm: state.vm, state })));
}

export async function saveNode(tx: Tx, key: string, online: boolean): Promise<void> {
  await tx.insert(node).values({ key, online }).onConflictDoUpdate({ target: node.key, set: { online } });
}

export async function saveHypervisor(tx: Tx, id: string, reachable: boolean): Promise<void> {
  await tx
    .insert(hypervisor)
    .values({ id, reachable })
    .onConflictDoUpdate({ target: hypervisor.id, set: { reachable } });
}

/** Replaces all that is known of the nodes, after a snapshot. */
export async function replaceNodes(tx: Tx, rows: readonly (typeof node.$inferInsert)[]): Promise<void> {
  await tx.delete(node);
  if (rows.length > 0) await tx.insert(node).values([...rows]);
}

export async function holdOf(reader: Reader, vm: string): Promise<Hold | undefined> {
  const [row] = await reader.select().from(hold).where(eq(hold.vm, vm));
  return row?.state;
}

export async function listHolds(reader: Reader): Promise<Hold[]> {
  const found = await reader.select().from(hold).orderBy(hold.vm);
  return found.map(({ state }) => state);
}

export async function saveHold(tx: Tx, state: Hold): Promise<void> {
  await tx
    .insert(hold)
    .values({ vm: state.vm, state })
    .onConflictDoUpdate({ target: hold.vm, set: { state } });
}

export async function removeHolds(tx: Tx, vms: readonly string[]): Promise<void> {
  if (vms.length > 0) await tx.delete(hold).where(inArray(hold.vm, [...vms]));
}

export async function listViolations(reader: Reader): Promise<Open[]> {
  const found = await reader.select().from(violation).orderBy(violation.id);
  return found.map(({ state }) => state);
}

export async function saveViolations(
  tx: Tx,
  opened: readonly Open[],
  closed: readonly string[],
): Promise<void> {
  if (closed.length > 0) await tx.delete(violation).where(inArray(violation.id, [...closed]));
  const rows = opened.map((state) => ({ id: state.found.violation, state }));
  if (rows.length > 0) await tx.insert(violation).values(rows);
}

export async function saveNodeStandings(
  tx: Tx,
  rows: readonly { key: string; state: NodeStanding; decision: string }[],
): Promise<void> {
  if (rows.length === 0) return;
  await tx
    .insert(nodeStanding)
    .values([...rows])
    .onConflictDoUpdate({
      target: nodeStanding.key,
      set: { state: sql`excluded.state`, decision: sql`excluded.decision` },
    });
}

export async function saveOutages(
  tx: Tx,
  changes: readonly { ups: string; outage: Outage | undefined }[],
): Promise<void> {
  const over = changes.flatMap((each) => (each.outage ? [] : [each.ups]));
  const open = changes.flatMap((each) => (each.outage ? [{ ups: each.ups, state: each.outage }] : []));
  if (over.length > 0) await tx.delete(outage).where(inArray(outage.ups, over));
  for (const row of open) {
    await tx
      .insert(outage)
      .values(row)
      .onConflictDoUpdate({ target: outage.ups, set: { state: row.state } });
  }
}

export async function saveStandings(
  tx: Tx,
  rows: readonly { vm: string; state: Standing; decision: string }[],
): Promise<void> {
  if (rows.length === 0) return;
  await tx
    .insert(standing)
    .values([...rows])
    .onConflictDoUpdate({
      target: standing.vm,
      set: { state: sql`excluded.state`, decision: sql`excluded.decision` },
    });
}
