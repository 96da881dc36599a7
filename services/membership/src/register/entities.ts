import type { GrantEntity, MemberEntity } from '@huismeester/contracts';
import type { Tx } from '@huismeester/database';
import type { Entity } from '@huismeester/service';
import { departure, grant, member } from '../schema.ts';

/** What a fold of the log knows of the register of the team: members, what is granted on trial, and what is to be done after somebody left. */
export async function registerEntities(tx: Tx): Promise<Entity[]> {
  const members = await tx.select().from(member);
  const grants = await tx.select().from(grant);
  const departures = await tx.select().from(departure);
  return [
    ...members.map((row) => ({ subject: `member/${row.id}`, state: memberEntity(row) })),
    ...grants.map((row) => ({ subject: `grant/${row.id}`, state: grantEntity(row) })),
    ...departures.map(({ id, since, items, done }) => ({
      subject: `departure/${id}`,
      state: { person: id, since: since.toISOString(), items, done },
    })),
  ];
}

function memberEntity({
  id,
  state,
  since,
  until,
  before,
  proposal,
}: typeof member.$inferSelect): MemberEntity {
  return {
    person: id,
    state,
    since: since.toISOString(),
    ...(until && { until: until.toISOString() }),
    ...(before && { before }),
    ...(proposal && { proposal: { act: proposal.act, by: proposal.by, at: proposal.at } }),
  };
}

function grantEntity({ id, person, on, core, until, by }: typeof grant.$inferSelect): GrantEntity {
  return { grant: id, person, on, until: until.toISOString(), ...(core && { core }), by };
}
