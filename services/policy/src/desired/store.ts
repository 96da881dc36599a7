import { type Orm, rows, type Tx } from '@huismeester/database';
import { and, eq, inArray, sql } from 'drizzle-orm';
import { type Facts, noFacts } from '../facts/index.ts';
import { withUnseen } from '../facts/unseen.ts';
import { newestDeliveries } from '../notices/deliveries.ts';
import type { Mode } from '../rules/define.ts';
import * as schema from '../schema.ts';
import type { OpenViolation } from '../violations/violation.ts';
import { ofOwners, ofPages, ofPeople, ofProjects, ofReports, ofTeam } from './fact-rows.ts';
import { fromLeases } from './gates.ts';
import { leaseRule } from './lease-rows.ts';
import type { Memories } from './pass.ts';
import type { DesiredRecord } from './record.ts';
import { type Row, RowCache } from './row-cache.ts';
import type { PowerTarget } from './target.ts';

type Reader = Orm | Tx;

/** Everything that the power pass decides with, as the tables have it at one moment. */
export interface Stored {
  readonly facts: Facts;
  readonly memories: Memories;
  /** By `rule/clause`, those of this epoch. */
  readonly modes: ReadonlyMap<string, Mode>;
  readonly violations: readonly OpenViolation[];
  /** Holds and modes as text: `commandsIn` at the same moment. */
  readonly commands: string;
  /** When the newest event of policy's log was appended, ms since 1970. */
  readonly newestAt?: number;
}

const holdState = sql`jsonb_build_object('id', id, 'target', target, 'since', extract(epoch from since) * 1000,
  'until', extract(epoch from until) * 1000, 'because', because, 'by', by)
  || case when incarnation is null then '{}'::jsonb else jsonb_build_object('incarnation', incarnation) end`;

/** What a person may change meanwhile, as text to compare: holds, and what is armed. */
const commandsText = (epoch: string) => sql`(
  select coalesce(jsonb_agg(to_jsonb(each) order by each.key), '[]')::text from (
    select id as key, ${holdState} as state from ${schema.hold}
    union all select rule || '/' || clause, to_jsonb(mode) from ${schema.ruleMode} where epoch = ${epoch}) as each)`;

interface LoadOptions {
  /** Of the call before: what has not changed is the same object again. */
  readonly cache?: RowCache;
  /** With the facts about people: there may be thousands, and the power pass has no use for them. */
  readonly people?: boolean;
  /** With applications to the team and who has access, likewise. */
  readonly team?: boolean;
  /** With whose each VM is, for a rule that only watches. */
  readonly owners?: boolean;
  /** With the register of projects, likewise. */
  readonly projects?: boolean;
  /** With what inventory says of pages, likewise. */
  readonly pages?: boolean;
  /** With what became of the newest notice to each person, likewise. */
  readonly deliveries?: boolean;
  /** With how the report to the board stands, likewise. */
  readonly reports?: boolean;
}

/** In one statement, since a decision waits for it; without leases (desired/lease-rows.ts) and the register of things (desired/item-rows.ts). What has a parked event is unseen since then. */
export async function load(
  reader: Reader,
  epoch: string,
  {
    cache = new RowCache(),
    people = false,
    team = false,
    owners = false,
    projects = false,
    pages = false,
    deliveries = false,
    reports = false,
  }: LoadOptions = {},
): Promise<Stored> {
  const {
    ups,
    vm,
    node,
    hypervisor,
    incident,
    hold,
    desiredState,
    ruleMemory,
    ruleMode,
    violation,
    deadLetter,
  } = schema;
  const found = rows<Row>(
    await reader.execute(sql`
      select kind, key, rule, state::text as state from (
        select 'ups' as kind, key, null as rule, state from ${ups}
        union all select 'vm', key, null, state from ${vm}
        union all select 'node', key, null, state from ${node}
        union all select 'hypervisor', key, null, state from ${hypervisor}
        union all select 'incident', key, null, state from ${incident}
        union all select 'clock', key, null, state from ${schema.clock}
        ${people ? ofPeople : sql``}
        ${team ? ofTeam : sql``}
        ${owners ? ofOwners : sql``}
        ${projects ? ofProjects : sql``}
        ${pages ? ofPages : sql``}
        ${deliveries ? newestDeliveries : sql``}
        ${reports ? ofReports : sql``}
        union all select 'hold', id, null, ${holdState} from ${hold}
        union all select 'desired', target, null, state from ${desiredState}
        union all select 'memory', key, rule, state from ${ruleMemory} where rule <> ${leaseRule}
        union all select 'mode', rule || '/' || clause, null, to_jsonb(mode) from ${ruleMode} where epoch = ${epoch}
        union all select 'violation', id, null, jsonb_strip_nulls(jsonb_build_object('id', id, 'found', found,
          'since', extract(epoch from since) * 1000, 'accepted', accepted)) from ${violation}
        union all select 'parked', subject, null, to_jsonb(extract(epoch from min(parked_at)) * 1000)
          from ${deadLetter} where reader = source or (reader = ${fromLeases} and subject ~ '^(lease|ownership)/') group by subject
        union all (select 'newest', '', null, to_jsonb(extract(epoch from time) * 1000)
          from ${schema.eventLog} order by position desc limit 1)
        union all select 'commands', '', null, to_jsonb(${commandsText(epoch)})) as each`),
  );
  return storedFrom(cache.byKind(found));
}

/** What the statement found, each kind of it by its type. */
function storedFrom(byKind: ReadonlyMap<string, ReadonlyMap<string, unknown>>): Stored {
  // Each column holds what its type alone has put there.
  const of = <State>(kind: string) => (byKind.get(kind) ?? none) as ReadonlyMap<string, State>;
  const facts = factsOf(of);
  const parked = of<number>('parked');
  const newestAt = of<number>('newest').get('');
  return {
    facts: parked.size === 0 ? facts : withUnseen(facts, (fact, id) => parked.get(`${fact}/${id}`)),
    memories: {
      rules: memoriesIn(byKind),
      desired: of<DesiredRecord>('desired') as Memories['desired'],
    },
    modes: of('mode'),
    violations: [...of<OpenViolation>('violation').values()],
    commands: of<string>('commands').get('') ?? '',
    ...(newestAt !== undefined && { newestAt }),
  };
}

const none = new Map<string, never>();

function factsOf(of: <State>(kind: keyof Facts) => ReadonlyMap<string, State>): Facts {
  const kinds = Object.keys(noFacts) as (keyof Facts)[];
  return Object.fromEntries(kinds.map((kind) => [kind, of(kind)])) as unknown as Facts;
}

function memoriesIn(byKind: ReadonlyMap<string, ReadonlyMap<string, unknown>>): Memories['rules'] {
  const prefix = 'memory/';
  return new Map(
    [...byKind].flatMap(([kind, rows]) =>
      kind.startsWith(prefix) ? [[kind.slice(prefix.length), rows] as const] : [],
    ),
  );
}

/** The holds and modes as they are now, to compare with those that were decided upon. */
export async function commandsIn(reader: Reader, epoch: string): Promise<string> {
  const found = rows<{ text: string }>(await reader.execute(sql`select ${commandsText(epoch)} as text`));
  return found[0]?.text ?? '';
}

/** Takes the lock that every writer of the log takes: until the commit nobody else appends. */
export async function lockHead(tx: Tx): Promise<void> {
  await tx.select({ position: schema.logHead.position }).from(schema.logHead).for('update');
}

/** `decisionOf`: the id of the event with the new decision about a target, if there is one. */
export async function saveDesired(
  tx: Tx,
  records: readonly DesiredRecord[],
  decisionOf: (target: PowerTarget) => string | undefined,
): Promise<void> {
  if (records.length === 0) return;
  const values = records.map((state) => ({
    target: state.target,
    state,
    decision: decisionOf(state.target) ?? null,
  }));
  await tx
    .insert(schema.desiredState)
    .values(values)
    .onConflictDoUpdate({
      target: schema.desiredState.target,
      set: {
        state: sql`excluded.state`,
        decision: sql`coalesce(excluded.decision, ${schema.desiredState.decision})`,
      },
    });
}

/** Rows to write, undefined for those to delete; by rule and key. */
export async function saveMemory(
  tx: Tx,
  changes: ReadonlyMap<string, ReadonlyMap<string, unknown>>,
): Promise<void> {
  const { ruleMemory } = schema;
  for (const [rule, all] of changes) {
    const gone = [...all].flatMap(([key, state]) => (state === undefined ? [key] : []));
    const kept = [...all].flatMap(([key, state]) => (state === undefined ? [] : [{ rule, key, state }]));
    if (gone.length > 0) {
      await tx.delete(ruleMemory).where(and(eq(ruleMemory.rule, rule), inArray(ruleMemory.key, gone)));
    }
    if (kept.length === 0) continue;
    await tx
      .insert(ruleMemory)
      .values(kept)
      .onConflictDoUpdate({
        target: [ruleMemory.rule, ruleMemory.key],
        set: { state: sql`excluded.state` },
      });
  }
}

/** Locks the rows of these holds until the commit; false when one of them is gone. */
export async function lockHolds(tx: Tx, ids: readonly string[]): Promise<boolean> {
  const { hold } = schema;
  if (ids.length === 0) return true;
  const found = await tx
    .select({ id: hold.id })
    .from(hold)
    .where(inArray(hold.id, [...ids]))
    .orderBy(hold.id)
    .for('update');
  return found.length === ids.length;
}

/** Removes holds that are over. By their ids: after a clock rollback they end earlier than their row says. */
export async function removeHolds(tx: Tx, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await tx.delete(schema.hold).where(inArray(schema.hold.id, [...ids]));
}
