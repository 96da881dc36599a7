import type { PersonId } from '@huismeester/contracts';
import type { Tx } from '@huismeester/database';
import { aggregate, type Made } from '@huismeester/events';
import { eq } from 'drizzle-orm';
import { evolveMember, type Member } from '../core/register/member.ts';
import { member } from '../schema.ts';

type MemberMade =
  | Made<'member.joined'>
  | Made<'member.proposed'>
  | Made<'member.proposal-withdrawn'>
  | Made<'member.confirmed'>
  | Made<'member.extended'>
  | Made<'member.suspended'>
  | Made<'member.reinstated'>
  | Made<'member.left'>;

/** The register of the team (TEAM-1), by the person's id. Whom it began with stands in it without these events. */
export const members = aggregate({
  kind: 'member',
  table: member,
  initial: undefined,
  evolve: (known: Member | undefined, event: MemberMade) => evolveMember(known, event),
});

/** Somebody in the register; undefined where they never were in it. */
export async function readMemberRow(
  tx: Pick<Tx, 'select'>,
  person: PersonId,
): Promise<typeof member.$inferSelect | undefined> {
  const [row] = await tx.select().from(member).where(eq(member.id, person));
  return row;
}
