import { serviceNames } from '@huismeester/contracts';
import { eq } from 'drizzle-orm';
import type { RouteDeps } from '../inside.ts';
import {
  application,
  awaited,
  ballot,
  departure,
  grant,
  member,
  minutes,
  person,
  reason,
} from '../schema.ts';
import { chosenBy } from './preferences.ts';

/** More than anybody has in years. */
const mostEvents = 10_000;

/**
 * All that membership keeps about a person: rows, sessions and tokens without their secrets, and the events of its log. Other services
 * keep ids alone, of who did what; each gives its own at `/<service>/about-me`.
 */
export async function exportOf(
  { database, access, log, memory, settings, clock }: RouteDeps,
  id: string,
): Promise<object> {
  const { orm } = database;
  const [known] = await orm.select().from(person).where(eq(person.id, id));
  const [register] = await orm.select().from(member).where(eq(member.id, id));
  const { events } = await log.read({ after: 0, limit: mostEvents, person: id });
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
    ...(await ofTeam(database, id)),
    sessions: await access.sessions.of(id),
    events,
    /** Where the rest is: tokens, and what the log of each service has of this person. */
    elsewhere: ['/api/v1/tokens', ...serviceNames.map((name) => `/api/v1/${name}/about-me`)],
  };
}

/** What is kept of somebody’s part in the team: what they asked for, voted, wrote and recorded, what was granted to them, and how they left. */
async function ofTeam({ orm }: RouteDeps['database'], id: string): Promise<object> {
  return {
    applications: await orm.select().from(application).where(eq(application.person, id)),
    votes: await orm.select().from(ballot).where(eq(ballot.person, id)),
    minutes: await orm.select().from(minutes).where(eq(minutes.by, id)),
    reasons: await orm.select().from(reason).where(eq(reason.by, id)),
    grants: await orm.select().from(grant).where(eq(grant.person, id)),
    departure: await orm.select().from(departure).where(eq(departure.id, id)),
  };
}
