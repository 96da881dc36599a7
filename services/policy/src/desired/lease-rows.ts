import { afterCommit, type Orm, rows, type Tx } from '@huismeester/database';
import { type SQL, sql } from 'drizzle-orm';
import { type DeliveryFact, deliveryKey } from '../facts/delivery.ts';
import type { Facts } from '../facts/index.ts';
import type { LeaseFact } from '../facts/lease.ts';
import type { OwnershipFact } from '../facts/ownership.ts';
import { deliveriesOf } from '../notices/deliveries.ts';
import { warningKinds } from '../rules/lease/warning.ts';
import * as schema from '../schema.ts';
import { fromLeases } from './gates.ts';

/** The rule whose memory is kept with them: a row for each of thousands of VMs. */
export const leaseRule = 'lease';

/** What the power pass knows of leases. */
export interface LeaseRows extends Pick<Facts, 'lease' | 'ownership' | 'delivery'> {
  /** The memory of the rule. */
  readonly memory: ReadonlyMap<string, unknown>;
}

/** What a notice to a person is known by. */
export type NoticeKey = Pick<DeliveryFact, 'kind' | 'subject' | 'moment' | 'person'>;

/** What a transaction changed: leases and ownerships by the subjects of their events (`lease/<id>`), and warnings among these notices; or anything. */
export type LeaseChange =
  | 'all'
  | { readonly subjects?: readonly string[]; readonly notices?: readonly NoticeKey[] };

/**
 * What is known of leases, kept in this process, the only one that writes it: a power cut does not wait until thousands of rows that have
 * not changed are loaded once more.
 */
export interface LeaseStore {
  /** After the commit of a transaction that changed these; `wake` then, too. */
  changedBy(tx: Tx, what: LeaseChange, wake?: () => void): void;
  /** These were changed by a transaction that has ended. */
  changed(what: LeaseChange): void;
  /** As it is now: what did not change is the same object. */
  load(reader: Orm | Tx): Promise<LeaseRows>;
  /** A pass has written the rule's memory, which is this since then. */
  written(memory: ReadonlyMap<string, unknown>): void;
}

/** Makes the store; the first `load` reads everything. */
export function createLeaseStore(): LeaseStore {
  let known: Known | undefined;
  let seen: LeaseRows | undefined;
  let stale: readonly LeaseChange[] = ['all'];
  const changed = (what: LeaseChange): void => {
    const warnings = what === 'all' ? [] : (what.notices ?? []).filter(isWarning);
    const isSomething = what === 'all' || warnings.length > 0 || (what.subjects ?? []).length > 0;
    if (isSomething) stale = [...stale, what === 'all' ? what : { ...what, notices: warnings }];
  };
  return {
    changed,
    changedBy(tx, what, wake) {
      const mark = () => {
        changed(what);
        wake?.();
      };
      // Whether it was committed or nobody knows.
      afterCommit(tx, mark, mark);
    },
    async load(reader) {
      if (seen && stale.length === 0) return seen;
      const reading = stale;
      // Before it is read: what changes meanwhile is read by the next.
      stale = [];
      try {
        known =
          known && !reading.includes('all') ? await readAgain(reader, known, reading) : await readAll(reader);
      } catch (error) {
        stale = ['all'];
        throw error;
      }
      seen = asSeen(known);
      return seen;
    },
    written(memory) {
      if (known) known = { ...known, memory };
      if (seen) seen = { ...seen, memory };
    },
  };
}

const isWarning = ({ kind }: NoticeKey): boolean => Object.values<string>(warningKinds).includes(kind);

/** As the tables have it. */
interface Known extends LeaseRows {
  /** The subjects of which an event is parked. */
  readonly parked: ReadonlySet<string>;
}

/** A row of one kind; `state` is JSON as text. */
type Row = { readonly kind: string; readonly key: string; readonly state: string };

/** Of a planned stop that was so long ago nobody acts any more: it would be put off first. */
const forgetAfter = sql`to_char(now() at time zone 'UTC' - interval '60 days', 'YYYY-MM-DD')`;

const { lease, ownership, ruleMemory, deadLetter } = schema;
const leases = sql`select 'lease' as kind, key, state from ${lease}`;
const ownerships = sql`select 'ownership' as kind, key, state from ${ownership}`;
const memories = sql`select 'memory' as kind, key, state from ${ruleMemory} where rule = ${leaseRule}`;
const parkings = sql`select 'parked' as kind, subject as key, 'true'::jsonb as state from ${deadLetter} where reader = ${fromLeases} group by subject`;
const deliveries = sql`${deliveriesOf(Object.values(warningKinds))} and moment > ${forgetAfter}`;

async function read(reader: Orm | Tx, parts: readonly SQL[]): Promise<(kind: string) => readonly Row[]> {
  const found = await reader.execute(
    sql`select kind, key, state::text as state from (${sql.join([...parts], sql` union all `)}) as each`,
  );
  const byKind = Map.groupBy(rows<Row>(found), ({ kind }) => kind);
  return (kind) => byKind.get(kind) ?? [];
}

async function readAll(reader: Orm | Tx): Promise<Known> {
  const of = await read(reader, [leases, ownerships, memories, parkings, deliveries]);
  return {
    lease: new Map(parsed<LeaseFact>(of('lease'))),
    ownership: new Map(parsed<OwnershipFact>(of('ownership'))),
    memory: new Map(parsed(of('memory'))),
    delivery: new Map(byWarning(of('delivery'))),
    parked: parkedIn(of('parked')),
  };
}

/** Only what may have changed. */
async function readAgain(reader: Orm | Tx, known: Known, changes: readonly LeaseChange[]): Promise<Known> {
  const each = changes.filter((one) => one !== 'all');
  const subjects = new Set(each.flatMap((one) => one.subjects ?? []));
  const ids = (kind: string) =>
    [...subjects].flatMap((subject) =>
      subject.startsWith(`${kind}/`) ? [subject.slice(kind.length + 1)] : [],
    );
  const warnings = new Map(each.flatMap((one) => one.notices ?? []).map((one) => [deliveryKey(one), one]));
  const of = await read(reader, [
    sql`${leases} where key in (${listOf(ids('lease'))})`,
    sql`${ownerships} where key in (${listOf(ids('ownership'))})`,
    sql`${deliveries} and (person, kind, subject, moment) in (
      select each ->> 0, each ->> 1, each ->> 2, each ->> 3 from ${elementsOf(
        [...warnings.values()].map(({ person, kind, subject, moment }) => [person, kind, subject, moment]),
      )} as each)`,
    parkings,
  ]);
  return {
    lease: renewed(known.lease, ids('lease'), parsed<LeaseFact>(of('lease'))),
    ownership: renewed(known.ownership, ids('ownership'), parsed<OwnershipFact>(of('ownership'))),
    memory: known.memory,
    delivery: renewed(known.delivery, [...warnings.keys()], byWarning(of('delivery'))),
    parked: parkedIn(of('parked')),
  };
}

/** One parameter, however many there are. */
const elementsOf = (values: readonly unknown[]): SQL =>
  sql`jsonb_array_elements(${JSON.stringify(values)}::text::jsonb)`;
const listOf = (values: readonly string[]): SQL =>
  sql`select each #>> '{}' from ${elementsOf(values)} as each`;

type Entries<State> = readonly (readonly [string, State])[];

/** Each column holds what its type alone has put there. */
function parsed<State>(found: readonly Row[]): Entries<State> {
  return found.map(({ key, state }) => [key, JSON.parse(state) as State]);
}

function byWarning(found: readonly Row[]): Entries<DeliveryFact> {
  return parsed<DeliveryFact>(found).map(([, delivery]) => [deliveryKey(delivery), delivery]);
}

const parkedIn = (found: readonly Row[]): ReadonlySet<string> => new Set(found.map(({ key }) => key));

/** The same map when nothing was asked for. */
function renewed<State>(
  before: ReadonlyMap<string, State>,
  keys: readonly string[],
  found: Entries<State>,
): ReadonlyMap<string, State> {
  if (keys.length === 0) return before;
  const after = new Map(before);
  for (const key of keys) after.delete(key);
  for (const [key, state] of found) after.set(key, state);
  return after;
}

/** With those marked of which an event is parked: what is known of them is old. */
function asSeen({ parked, ...known }: Known): LeaseRows {
  if (parked.size === 0) return known;
  return {
    ...known,
    lease: marked('lease', known.lease, parked),
    ownership: marked('ownership', known.ownership, parked),
  };
}

function marked<Fact extends object>(
  kind: string,
  facts: ReadonlyMap<string, Fact>,
  parked: ReadonlySet<string>,
): ReadonlyMap<string, Fact> {
  const ids = [...facts.keys()].filter((id) => parked.has(`${kind}/${id}`));
  if (ids.length === 0) return facts;
  const after = new Map(facts);
  for (const id of ids) {
    const fact = facts.get(id);
    if (fact) after.set(id, { ...fact, unseen: true as const });
  }
  return after;
}
