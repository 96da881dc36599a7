import type { Tx } from '@huismeester/database';
import { eq, sql } from 'drizzle-orm';
import { boardInTeam } from '../facts/of-team.ts';
import { queueNotices } from '../notices/queue.ts';
import { boardAddress } from '../notices/says.ts';
import { member, person, reportDelivery as table } from '../schema.ts';

/** How the notice with the report is called. */
export const reportKind = 'report';

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

/** Queues the report to the address of the whole board where it reached, and waits for, nobody else: each board member failed (BOARD-2). */
export async function queueToBoardInstead(
  tx: Tx,
  report: string,
  board: string | undefined,
  { now, moment }: { readonly now: Date; readonly moment: string },
): Promise<void> {
  if (board === undefined) return;
  const others = await tx.select().from(table).where(eq(table.report, report));
  const isFailed = others.every(({ to, state }) => state === 'failed' && to !== boardAddress);
  if (isFailed) await queueReport(tx, report, [boardAddress], { now, moment });
}
