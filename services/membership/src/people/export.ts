import { eq, or, sql } from 'drizzle-orm';
import type { RouteDeps } from '../inside.ts';
import { awaited, eventLog, member, person } from '../schema.ts';
import { chosenBy } from './preferences.ts';

/**
 * All that membership keeps about a person: rows, sessions and tokens without their secrets, and the events of its log. Other services
 * keep ids alone, of who did what; each gives its own at `/<service>/about-me`.
 */
export async function exportOf(
  {
    database,
    access,
    memory,
    settings,
    clock,
  }: Pick<RouteDeps, 'database' | 'access' | 'memory' | 'settings' | 'clock'>,
  id: string,
): Promise<object> {
  const { orm } = database;
  const [known] = await orm.select().from(person).where(eq(person.id, id));
  const [register] = await orm.select().from(member).where(eq(member.id, id));
  const events = await orm
    .select()
    .from(eventLog)
    .where(or(eq(eventLog.actor, `person:${id}`), sql`${eventLog.data}->>'person' = ${id}`))
    .orderBy(eventLog.position);
  return {
    format: 'huismeester-person/1',
    made: clock.now().toISOString(),
    site: settings.site.id,
    person: known,
    /** Shown, and kept nowhere. */
    directory: memory.shown(id),
    register,
    preferences: await chosenBy(orm, id),
    awaited: await orm.select().from(awaited).where(eq(awaited.person, id)),
    sessions: await access.sessions.of(id),
    events,
  };
}
