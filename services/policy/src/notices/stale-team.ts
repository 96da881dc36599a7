import type { Orm } from '@huismeester/database';
import { inArray } from 'drizzle-orm';
import { isAsking, isStillAsked } from '../rules/admission/asked.ts';
import { isPreliminary, isStillApproved } from '../rules/admission/outcome.ts';
import { isStillProposed, proposalKind } from '../rules/admission/proposal.ts';
import { isStillOnTrial, trialKinds } from '../rules/admission/trial.ts';
import { application, member, person } from '../schema.ts';
import type { NoticeRow } from './due.ts';

const ofTrial: readonly string[] = Object.values(trialKinds);

/**
 * Those of the rows that ask something of somebody that is not asked of them any more: who has voted meanwhile, is no full member now, or whose
 * application is closed; what says of an application that it waits for the board, of one that does not any more; what says of a trial that it ends, of
 * who is not on trial until then any more; and what asks to confirm a proposal that was confirmed, or withdrawn.
 */
export async function notAsked(
  orm: Orm,
  rows: readonly NoticeRow[],
  now: number,
): Promise<ReadonlySet<NoticeRow>> {
  const asking = rows.filter(({ kind }) => isOfTeam(kind));
  if (asking.length === 0) return new Set();
  const ids = asking.map(({ subject }) => subject.replace('application/', ''));
  const [applications, members, people] = await Promise.all([
    orm.select().from(application).where(inArray(application.key, ids)),
    orm.select().from(member),
    orm.select().from(person),
  ]);
  const known = { member: byKey(members), person: byKey(people) };
  const open = byKey(applications);
  const isTrue = (row: NoticeRow): boolean => {
    if (ofTrial.includes(row.kind)) return isStillOnTrial(row, known.member.get(row.person), now);
    if (row.kind === proposalKind) {
      return isStillProposed(row, known.member.get(row.subject.replace('person/', '')), known);
    }
    const about = open.get(row.subject.replace('application/', ''));
    return isPreliminary(row.kind) ? isStillApproved(about) : isStillAsked(row, about, known, now);
  };
  return new Set(asking.filter((row) => !isTrue(row)));
}

/** Whether notices of this kind are looked at here. */
function isOfTeam(kind: string): boolean {
  return isAsking(kind) || isPreliminary(kind) || ofTrial.includes(kind) || kind === proposalKind;
}

function byKey<State>(found: readonly { readonly key: string; readonly state: State }[]): Map<string, State> {
  return new Map(found.map(({ key, state }) => [key, state]));
}
