import type { ReportResource } from '@huismeester/contracts';
import type { Tx } from '@huismeester/database';
import { type EventLog, newEvent, type Refusal, refuse } from '@huismeester/events';
import { and, eq, isNull } from 'drizzle-orm';
import { report as table } from '../schema.ts';
import { queueReport, recipients } from './deliver.ts';
import { readReports } from './store.ts';

/** One report as REST shows it, or that there is none. */
export async function readReport(tx: Tx, id: string): Promise<ReportResource | Refusal> {
  const [found] = await readReports(tx, [id]);
  return found ?? refuse('not-found', missing(id));
}

export const missing = (id: string): string => `There is no report ${id}`;

/** Queues a report once more to whom it goes now; `board`: the address of the whole board. */
export async function sendAgain(
  tx: Tx,
  id: string,
  { board, now }: { readonly board: string | undefined; readonly now: Date },
): Promise<ReportResource | Refusal> {
  const to = await recipients(tx, board);
  if (to.length === 0) return nobody();
  await queueReport(tx, id, to, { now, moment: now.toISOString() });
  return await readReport(tx, id);
}

/** Notes that a report was passed on to the rest of the board: by the first who says so, others change nothing. */
export async function forward(
  tx: Tx,
  log: Pick<EventLog, 'append'>,
  id: string,
  { actor, now }: { readonly actor: string; readonly now: Date },
): Promise<{ readonly isFirst: boolean } | Refusal> {
  const changed = await tx
    .update(table)
    .set({ forwardedBy: actor, forwardedAt: now })
    .where(and(eq(table.id, id), isNull(table.forwardedAt)))
    .returning({ id: table.id });
  if (changed.length > 0) {
    await log.append(tx, [newEvent('report.forwarded', `report/${id}`, { report: id }, { actor })]);
    return { isFirst: true };
  }
  return (await tx.$count(table, eq(table.id, id))) === 0
    ? refuse('not-found', missing(id))
    : { isFirst: false };
}

function nobody(): Refusal {
  return refuse('nobody', 'No board member is in the team, and settings name no `board.address`', {
    clause: 'BOARD-2',
    errors: [{ field: 'board.address', found: 'nothing', allowed: 'a mail address that the board reads' }],
  });
}
