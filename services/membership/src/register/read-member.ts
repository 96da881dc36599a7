import type { MemberResource, PersonId, RegisterChange, StoredEvent } from '@huismeester/contracts';
import type { Identity } from '@huismeester/service';
import { maySeeVotes } from '../admission/resource.ts';
import { changeOf } from '../core/register/history.ts';
import type { RouteDeps } from '../inside.ts';
import { isOfTeamOrBoard, readTeam } from '../people/team.ts';
import { grantResource, readGrants } from './grants.ts';
import { readMemberRow } from './members.ts';
import { readReasons } from './reasons.ts';

/** More than anybody has in years. */
const mostEvents = 1_000;

/**
 * Somebody in the register of the team, or in a group of it, as whoever asks may see it: what is proposed, granted, and what happened is for the team,
 * the board and the person, the reasons for full members and the board. Undefined where the person is in neither.
 */
export async function readMember(
  deps: RouteDeps,
  person: PersonId,
  who: Identity,
): Promise<MemberResource | undefined> {
  const found = (await readTeam(deps, who)).find((each) => each.person === person);
  if (found === undefined) return undefined;
  if (!isOfTeamOrBoard(who) && who.person !== person) return { ...found, grants: [], history: [] };
  const { orm } = deps.database;
  const row = await readMemberRow(orm, person);
  const granted = await readGrants(orm, person);
  const events = await eventsOf(deps, person);
  const reasons = await reasonsFor(deps, who, [
    row?.proposal?.reason,
    ...events.map((event) => changeOf(event).reason),
  ]);
  return {
    ...found,
    ...(row?.proposal && { proposal: proposalResource(row.proposal, reasons) }),
    grants: granted.map(grantResource),
    history: events.map((event) => changeResource(event, reasons)),
  };
}

/** What happened to somebody in the register, and what was granted to them, oldest first. */
async function eventsOf({ log }: RouteDeps, person: PersonId): Promise<StoredEvent[]> {
  const pages = await Promise.all([
    log.read({ after: 0, limit: mostEvents, subject: `member/${person}` }),
    log.read({ after: 0, limit: mostEvents, person, type: 'grant.given' }),
    log.read({ after: 0, limit: mostEvents, person, type: 'grant.ended' }),
  ]);
  return pages
    .flatMap(({ events }) => events)
    .filter(({ data }) => (data as { person?: string }).person === person)
    .sort((a, b) => a.position - b.position);
}

/** Full members and the board read why something was done (JOIN-2); for others there are none. */
async function reasonsFor(
  { database }: RouteDeps,
  who: Identity,
  ids: readonly (string | undefined)[],
): Promise<ReadonlyMap<string, string>> {
  if (!maySeeVotes(who)) return new Map();
  return await readReasons(
    database.orm,
    ids.flatMap((id) => id ?? []),
  );
}

type Proposal = NonNullable<NonNullable<Awaited<ReturnType<typeof readMemberRow>>>['proposal']>;

function proposalResource(
  { act, by, at, until, reason }: Proposal,
  reasons: ReadonlyMap<string, string>,
): NonNullable<MemberResource['proposal']> {
  const because = reason === undefined ? undefined : reasons.get(reason);
  return {
    act,
    by,
    at,
    ...(until !== undefined && { until }),
    ...(because !== undefined && { because }),
  };
}

function changeResource(event: StoredEvent, reasons: ReadonlyMap<string, string>): RegisterChange {
  const { by, clause, reason } = changeOf(event);
  const because = reason === undefined ? undefined : reasons.get(reason);
  const { time: at, type: what, data } = event;
  return { at, by, what, clause, ...(because !== undefined && { because }), data };
}
