import type { Database } from '@huismeester/database';
import { type Consumer, createLoop, type EventLog } from '@huismeester/events';
import type { Clock, Going, Part } from '@huismeester/service';
import { and, eq, gt, isNull } from 'drizzle-orm';
import { actor } from '../desired/events.ts';
import { timeOfDay } from '../rules/civil-time.ts';
import { report, reportDelivery } from '../schema.ts';
import type { Range } from './core/placing.ts';
import { dueAt } from './core/range.ts';
import { queueReport, recipients } from './deliver.ts';
import { nextMonth } from './next-month.ts';
import type { ReportPlan } from './shown.ts';
import { makeOf, storeReport } from './store.ts';

/** How often it is looked whether one is due, or waits for somebody to go to, ms. */
const lookMs = 60_000;
/** How long the logs may take to be read to their heads, ms. */
const readMs = 10_000;
/** One that nobody could be sent to is sent for so long once there is somebody, ms. */
const sendableMs = 31 * 24 * 60 * 60_000;

export interface MakerDeps {
  readonly database: Database;
  readonly log: EventLog;
  readonly clock: Clock;
  readonly plan: ReportPlan;
  /** The readers that collect what reports are made of. */
  readonly readers: () => readonly Consumer[];
  /** Whether the civil clock is believed. */
  readonly believed: () => Promise<boolean>;
  /** Something was queued. */
  readonly queued: () => void;
  readonly failed: (error: unknown) => void;
}

export interface Maker extends Going {
  parts(): Part[];
}

/**
 * Makes the report of each month once, on the first of the next or as soon after it as it can, and sends it. Not while a log was not read to its head, nor by a clock that is not
 * believed: a report that lacks something is worse than one that is late.
 */
export function createMaker(deps: MakerDeps): Maker {
  const { clock, plan } = deps;
  const at = timeOfDay(plan.at, plan.zone);
  let waits: string | undefined;
  const loop = createLoop({
    everyMs: lookMs,
    clock,
    onError: deps.failed,
    pass: async () => {
      if (!(await deps.believed())) return undefined;
      await sendUnsent(deps);
      const range = await nextMonth(deps.database.orm, plan.zone);
      if (range === undefined || clock.now().getTime() < dueAt(range, at)) {
        waits = undefined;
        return undefined;
      }
      waits = await whyUnread(deps.readers(), clock);
      if (waits !== undefined) return undefined;
      await makeMonth(deps, range);
      return 0;
    },
  });
  return {
    start: loop.start,
    close: loop.close,
    parts: () =>
      waits === undefined
        ? []
        : [{ name: 'policy: report to the board', ready: false, essential: false, detail: waits }],
  };
}

/** Why a log was not read to its head just now; undefined: all were. */
export async function whyUnread(readers: readonly Consumer[], clock: Clock): Promise<string | undefined> {
  const read = Promise.all(readers.map((each) => each.caughtUp())).then(() => true);
  const late = Promise.withResolvers<boolean>();
  const cancel = clock.after(readMs, () => late.resolve(false));
  const isRead = await Promise.race([read, late.promise]).finally(cancel);
  if (isRead) return undefined;
  const behind = readers.map((each) => each.status()).filter(({ lag, lastError }) => lag > 0 || lastError);
  const names = behind.map(({ source }) => source).join(', ');
  return `waits until the log of ${names === '' ? 'each service' : names} is read to its head`;
}

/** One that somebody asked for before it was due, or before the month ahead of it was made, is that of its month: what was made is never made anew. */
async function makeMonth(deps: MakerDeps, range: Range): Promise<void> {
  const { database, log, clock, plan } = deps;
  const made = await makeOf(database, range, plan.zone);
  await database.transaction(async (tx) => {
    const now = clock.now();
    const isNew = await storeReport(tx, log, made, { now, actor, zone: plan.zone });
    if (!isNew) await tx.update(report).set({ how: 'monthly' }).where(eq(report.id, made.id));
    else await queueReport(tx, made.id, await recipients(tx, plan.board), { now, moment: made.id });
  });
  deps.queued();
}

/** Sends reports of months that had nobody to go to when they were made. */
async function sendUnsent({ database, clock, plan, queued }: MakerDeps): Promise<void> {
  const now = clock.now();
  const unsent = await database.orm
    .select({ id: report.id })
    .from(report)
    .leftJoin(reportDelivery, eq(reportDelivery.report, report.id))
    .where(
      and(
        eq(report.how, 'monthly'),
        gt(report.made, new Date(now.getTime() - sendableMs)),
        isNull(reportDelivery.report),
      ),
    );
  if (unsent.length === 0) return;
  await database.transaction(async (tx) => {
    const to = await recipients(tx, plan.board);
    for (const { id } of unsent) await queueReport(tx, id, to, { now, moment: id });
  });
  queued();
}
