import { type Minutes, milliseconds, type PersonId, type RegisterState } from '@huismeester/contracts';
import type { Tx } from '@huismeester/database';
import { eq } from 'drizzle-orm';
import type { Situation } from '../core/admission/advance.ts';
import { lockDirectory } from '../people/directory-row.ts';
import { readPeople } from '../people/person-rows.ts';
import type { Certainty } from '../register/certainty.ts';
import { readTeamNow } from '../register/electorate.ts';
import type { RegisterDeps } from '../register/follow.ts';
import { member } from '../schema.ts';
import { castOf, readBallots, readMinutes } from './written.ts';

/** All but the time, which the log gives, and whether that is believed. */
export interface Found {
  readonly situation: Omit<Situation, 'now' | 'clockBelieved'>;
  readonly certainty: Certainty;
  /** Whether there is a register of the team. */
  readonly begun: boolean;
  readonly register: RegisterState | undefined;
  readonly minutes: Minutes | undefined;
}

/**
 * Reads what decisions about an application go by, under the scope `team`. The directory is locked with it: an application that is carried out changes
 * roles, as a read of the directory does, and of the two one waits for the other.
 */
export async function readSituation(
  tx: Tx,
  { settings: { team } }: Pick<RegisterDeps, 'settings'>,
  {
    id,
    person,
    certainty,
  }: { readonly id: string; readonly person: PersonId; readonly certainty: Certainty },
): Promise<Found> {
  const { begun } = await lockDirectory(tx);
  const [row] = await readPeople(tx, [person]);
  const [register] = await tx.select({ state: member.state }).from(member).where(eq(member.id, person));
  return {
    situation: {
      directoryKnown: certainty.directoryKnown,
      team: await readTeamNow(tx),
      casts: (await readBallots(tx, id)).map(castOf),
      isParticipant: row?.goneAt === null && row.roles.includes('participant'),
      votingMs: milliseconds(team.voting),
      boardPeriodMs: milliseconds(team.boardPeriod),
    },
    certainty,
    begun,
    register: register?.state,
    minutes: await readMinutes(tx, id),
  };
}
