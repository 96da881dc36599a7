import { type Database, rows } from '@huismeester/database';
import { sql } from 'drizzle-orm';
import { consumeCursor, logHead, request } from '../schema.ts';
import { readVms, type VmPage, type VmRecord } from './vms.ts';

/** How far our log, and what we read of others', was: whatever is said of a VM changes with one of both, but for how far a request of ours is. */
export async function readMark({ orm }: Pick<Database, 'orm'>): Promise<string> {
  const [found] = rows<{ mark: string }>(
    await orm.execute(sql`select concat(
      (select ${logHead.epoch} || ' ' || ${logHead.position} from ${logHead}), ' ',
      (select string_agg(${consumeCursor.position}::text, ' ' order by ${consumeCursor.reader}) from ${consumeCursor})
    ) as mark`),
  );
  return found?.mark ?? '';
}

async function readRequests({ orm }: Pick<Database, 'orm'>): Promise<string> {
  const [found] = rows<{ sum: string }>(
    await orm.execute(
      sql`select concat(count(*), ' ', sum(${request}.xmin::text::bigint)) as sum from ${request}`,
    ),
  );
  return found?.sum ?? '';
}

/** All VMs as they were read at a mark. */
export interface VmsInMemory {
  readonly mark: string;
  /** Which versions of the rows of our requests there were, some of which change without an event. */
  readonly requests: string;
  /** By their ids, in the order of the database. */
  readonly records: readonly VmRecord[];
  readonly byOwner: ReadonlyMap<string | undefined, readonly VmRecord[]>;
}

/** All VMs as they are now; `before` itself when nothing happened since. */
export async function readAllVms(
  database: Pick<Database, 'orm'>,
  before: VmsInMemory | undefined,
): Promise<VmsInMemory> {
  // Before the VMs: what changes meanwhile is another mark.
  const mark = await readMark(database);
  const requests = await readRequests(database);
  if (before?.mark === mark && before.requests === requests) return before;
  const records = await readVms(database.orm);
  return { mark, requests, records, byOwner: Map.groupBy(records, ({ owned }) => owned?.owner) };
}

/**
 * A page of what is in memory, as `readVmPage` gives it; undefined for one that the database has to order, or that asks for what is seen at this
 * moment.
 */
export function pageInMemory(
  { records, byOwner }: VmsInMemory,
  { class: of, node, status, owner, unclaimed, order, limit, offset }: VmPage,
): { results: VmRecord[]; count: number } | undefined {
  if (status !== undefined || (order !== 'id' && order !== '-id')) return undefined;
  const candidates = owner === undefined && !unclaimed ? records : (byOwner.get(owner) ?? []);
  const isAll = of === undefined && node === undefined && !unclaimed;
  const fits = isAll
    ? candidates
    : candidates.filter(
        ({ guest, owned }) =>
          (of === undefined || guest.class === of) &&
          (node === undefined || guest.node === node) &&
          (!unclaimed || (guest.class === 'participant' && owned?.owner === undefined)),
      );
  const count = fits.length;
  if (order === 'id') return { results: fits.slice(offset, offset + limit), count };
  const end = Math.max(0, count - offset);
  return { results: fits.slice(Math.max(0, end - limit), end).toReversed(), count };
}
