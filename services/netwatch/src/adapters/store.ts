import type { PortIdentity } from '@huismeester/contracts';
import { type Database, statement, type Tx } from '@huismeester/database';
import type { EventLog, NewEvent } from '@huismeester/events';
import { desc, eq, gte, lt, or, sql } from 'drizzle-orm';
import type { Changes, IdentifiedEvent } from '../core/draft.ts';
import { type Incident, isOpen } from '../core/incident.ts';
import type { Moment } from '../core/moment.ts';
import type { OutsideFact } from '../core/outside.ts';
import { storedThing, type Thing, withoutMonotonic } from '../core/thing.ts';
import type { World } from '../core/world.ts';
import type { Memory } from '../memory.ts';
import { alive, incident, memory, outside, own, port, span, thing } from '../schema.ts';
import { saveSpans } from './spans.ts';

/** Everything that an earlier process left. */
export interface Stored {
  readonly world: Omit<World, 'outside'>;
  readonly memories: ReadonlyMap<string, Memory>;
  /** Incidents that closed within a day before that process ended, which may not have cleared their state from the broker. */
  readonly closed: readonly string[];
}

/** What one step changes, and what is to be remembered of single things besides. */
export interface Save {
  /** Of the step, and when it was made. */
  readonly id: string;
  readonly now: Moment;
  readonly changes: Changes;
  /** Those of which something is stored. */
  readonly things: readonly Thing[];
  readonly memories: ReadonlyMap<string, Memory>;
}

export interface Store {
  /** Once, at the start. */
  load(now: Date): Promise<Stored>;
  /** The step that was stored last: after a commit whose outcome is not known. */
  lastStep(): Promise<string | undefined>;
  facts(): Promise<OutsideFact[]>;
  /** All incidents, or one, newest first. */
  incidents(id?: string): Promise<Incident[]>;
  identities(switchId: string): Promise<PortIdentity[]>;
  addIdentities(switchId: string, added: readonly PortIdentity[]): Promise<void>;
  /** Events, verdicts, incidents and spans of one step, in one transaction. */
  save(save: Save): Promise<void>;
  /** Removes what is older than any figure looks back, or any log: spans and closed incidents that ended before this. */
  prune(before: Date): Promise<void>;
  /** That this service is looking now: after a crash nothing is counted as known for longer. */
  beat(now: Date): Promise<void>;
}

/** Closed incidents that may be opened again. */
const reopenMs = 600_000;
/** The broker may have been away when an incident closed. */
const shownMs = 86_400_000;

/** When an incident closed, ms since 1970; null while it is open. An incident may be as long as it likes: its start says nothing. */
const closedAt = sql<number>`(${incident.state} -> 'closedAt' ->> 'time')::float8`;

export function createStore(database: Database, log: EventLog): Store {
  const { orm } = database;
  return {
    load: (now) =>
      database.transaction(async (tx) => {
        const [last] = await tx.select().from(alive).where(eq(alive.key, 'main'));
        const aliveAt = last?.at ?? 0;
        await endSpans(tx, aliveAt);
        const rows = await tx.select().from(memory);
        const closed = await tx
          .select({ id: incident.id })
          .from(incident)
          .where(gte(closedAt, aliveAt - shownMs));
        return {
          world: await readWorld(tx, now),
          memories: new Map(rows.map(({ thing: id, state }) => [id, state])),
          closed: closed.map(({ id }) => id),
        };
      }),
    lastStep: () =>
      database.transaction(async (tx) => {
        // A transaction whose end is not known yet holds this row: the answer waits for it.
        const [kept] = await tx.select().from(own).where(eq(own.key, 'main')).for('update');
        return kept?.state.step;
      }),
    facts: async () => (await orm.select().from(outside)).map(({ state }) => state),
    incidents: async (id) => {
      const rows = await orm
        .select()
        .from(incident)
        .where(id === undefined ? undefined : eq(incident.id, id))
        .orderBy(desc(incident.since));
      return rows.map(({ state }) => state);
    },
    identities: async (switchId) =>
      (await orm.select().from(port).where(eq(port.switch, switchId))).map(({ id, by, key }) => ({
        id,
        by,
        key,
      })),
    addIdentities: async (switchId, added) => {
      const rows = added.map((each) => ({ ...each, switch: switchId }));
      if (rows.length > 0) await orm.insert(port).values(rows).onConflictDoNothing();
    },
    save: (all) => database.transaction((tx) => save(tx, log, all)),
    prune: async (before) => {
      await orm.delete(span).where(lt(span.until, before.getTime()));
      await orm.delete(incident).where(lt(closedAt, before.getTime()));
    },
    beat: async (now) => {
      const row = { key: 'main', at: now.getTime() };
      await orm
        .insert(alive)
        .values(row)
        .onConflictDoUpdate({ target: alive.key, set: { at: row.at } });
    },
  };
}

async function readWorld(tx: Tx, now: Date): Promise<Stored['world']> {
  const [kept] = await tx.select().from(own).where(eq(own.key, 'main'));
  const incidents = await tx
    .select()
    .from(incident)
    .where(or(incident.open, gte(closedAt, now.getTime() - reopenMs)))
    // In the order in which they opened, as the process that opened them had them.
    .orderBy(sql`${incident.id}::bigint`);
  const { nextIncident = 1, vantage } = kept?.state ?? {};
  return {
    things: new Map((await tx.select().from(thing)).map(({ id, state }) => [id, state])),
    incidents: new Map(incidents.map(({ id, state }) => [id, state])),
    nextIncident,
    ...(vantage && { vantage }),
  };
}

/** What was up or down when an earlier process ended is known to be so until it last said that it was alive. */
async function endSpans(tx: Tx, aliveAt: number): Promise<void> {
  await tx
    .update(span)
    .set({ until: sql`greatest(${span.from}, ${aliveAt})` })
    .where(sql`${span.until} is null`);
}

async function save(tx: Tx, log: EventLog, { id, now, changes, things, memories }: Save): Promise<void> {
  await saveThings(tx, things);
  await saveMemories(tx, memories);
  await saveIncidents(tx, changes);
  await saveOwn(tx, id, changes);
  await saveSpans(tx, changes.spans, now);
  // From here on other writers of the log wait.
  await log.append(tx, changes.events.map(newEventOf), { last: true });
}

function newEventOf({ id, type, subject, data, cause }: IdentifiedEvent): NewEvent {
  return { id, type, subject, data, ...(cause && { cause }) };
}

async function saveThings(tx: Tx, things: readonly Thing[]): Promise<void> {
  const rows = things.map((each) => ({ id: each.id, state: storedThing(each) }));
  if (rows.length === 0) return;
  await statement(tx, upsert('thing', 'id'), [JSON.stringify(rows)]);
}

async function saveMemories(tx: Tx, memories: ReadonlyMap<string, Memory>): Promise<void> {
  const rows = [...memories].map(([id, state]) => ({ id, state: withoutMonotonic(state) }));
  if (rows.length === 0) return;
  await statement(tx, upsert('memory', 'thing'), [JSON.stringify(rows)]);
}

/** Thousands of rows in one statement, when a large network is seen for the first time. */
function upsert(table: 'thing' | 'memory', key: string): string {
  return `
    insert into netwatch.${table} (${key}, state)
    select e.id, e.state from jsonb_to_recordset($1) as e(id text, state jsonb)
    on conflict (${key}) do update set state = excluded.state`;
}

async function saveIncidents(tx: Tx, { incidents }: Changes): Promise<void> {
  for (const [id, each] of incidents) {
    const row = { open: isOpen(each), since: new Date(each.since.time), state: withoutMonotonic(each) };
    await tx
      .insert(incident)
      .values({ id, ...row })
      .onConflictDoUpdate({ target: incident.id, set: row });
  }
}

async function saveOwn(tx: Tx, step: string, { nextIncident, vantage }: Changes): Promise<void> {
  const state = withoutMonotonic({ nextIncident, step, ...(vantage && { vantage }) });
  await tx.insert(own).values({ key: 'main', state }).onConflictDoUpdate({ target: own.key, set: { state } });
}
