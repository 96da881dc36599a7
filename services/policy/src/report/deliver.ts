import type { Tx } from '@huismeester/database';
import { sql } from 'drizzle-orm';
import { boardInTeam } from '../facts/of-team.ts';
import { queueNotices } from '../notices/queue.ts';
import { boardAddress, reportKind } from '../notices/says.ts';
import { member, person, reportDelivery as table } from '../schema.ts';

/** To whom the report goes: each board member in the team, else the address of the whole board; nobody where there is neither (BOARD-2). */
export async function recipients(tx: Tx, board: string | undefined): Promise<string[]> {
  const [members, people] = [await tx.select().from(member), await tx.select().from(person)];
  const found = boardInTeam({
    member: new Map(members.map(({ key, state }) => [key, state])),
    person: new Map(people.map(({ key, state }) => [key, state])),
  });
  if (found.length > 0) return found;
  return board === undefined ? [] : [boardAddress];
}

/** Queues the report to these in the outbox; once more, where they had it before: that it reached them then stays known. */
export async function queueReport(
  tx: Tx,
  report: string,
  to: readonly string[],
  { now, moment }: { readonly now: Date; readonly moment: string },
): Promise<void> {
  if (to.length === 0) return;
  const about = { kind: reportKind, subject: `report/${report}`, moment, urgency: 'now' } as const;
  const says = { severity: 'info', clause: 'BOARD-2', reasons: [] } as const;
  await queueNotices(
    tx,
    to.map((each) => ({ ...about, ...says, to: { person: each } })),
    now,
  );
  await tx
    .insert(table)
    .values(to.map((each) => ({ report, to: each, state: 'queued' as const, at: now })))
    .onConflictDoUpdate({
      target: [table.report, table.to],
      set: { state: 'queued', at: sql`excluded.at`, because: null, code: null },
    });
}
