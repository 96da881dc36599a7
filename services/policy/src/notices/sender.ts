import { allEnded, type Database, type Tx } from '@huismeester/database';
import { createLoop, type EventLog } from '@huismeester/events';
import { createMailer, type Mailer } from '@huismeester/mail';
import type { AskService, Clock, Going } from '@huismeester/service';
import { and, inArray, lt } from 'drizzle-orm';
import { firstAtOrAfter } from '../rules/civil-time.ts';
import { notice as table } from '../schema.ts';
import { dueGroups, type Group, type NoticeRow } from './due.ts';
import { fanOut } from './fan-out.ts';
import type { LettersByKind } from './letters.ts';
import { type Counts, createCounts } from './metrics.ts';
import { namesOf } from './names.ts';
import { notTrueRows } from './not-true.ts';
import type { NoticePlan } from './plan.ts';
import { type Ended, recordAttempt, recordOutcome } from './record.ts';
import { remind } from './remind.ts';
import { isTarget, isWarning, violationPrefix } from './says.ts';
import { byPreference, endedBy, reach, sendTo, unavailable } from './to-person.ts';
import { sendToTarget } from './to-target.ts';
import { choose } from './wanted.ts';

/** How often the civil clock is compared with the time that something is due, ms. */
const lookMs = 1_000;
/** So many messages are under way at once. */
const atOnce = 3;
/** How long what is over stays readable, ms. */
const keptMs = 90 * 24 * 60 * 60_000;

export interface SenderDeps {
  readonly database: Database;
  readonly log: EventLog;
  readonly clock: Clock;
  readonly ask: AskService;
  readonly plan: NoticePlan;
  readonly hasDirectory: boolean;
  /** What became of these notices changes in this transaction: rules may wait for that. */
  readonly changed: (tx: Tx, notices: readonly NoticeRow[]) => void;
  readonly failed: (error: unknown) => void;
  readonly letters: LettersByKind;
  /** `createMailer`, if left out. */
  readonly openMailer?: typeof createMailer;
}

export interface Sender extends Going {
  /** Something was queued. */
  wake(): void;
  readonly counts: Counts;
}

/** Sends what is queued, when it is due. One process at a time does (it leads as policy), and one message to a person at a time. */
export function createSender(deps: SenderDeps): Sender {
  const { database, clock, plan, openMailer = createMailer } = deps;
  const mailer = plan.mail && openMailer(plan.mail);
  const counts = createCounts(database, clock);
  let remindAt = nextReminder(plan, clock.now());
  const round = async (): Promise<boolean> => {
    const now = clock.now();
    if (now.getTime() >= remindAt) {
      await remind(database, now);
      await forgetOld(database, now);
      // Not before: what failed is tried again with the next round, and not a day later.
      remindAt = nextReminder(plan, now);
    }
    await fanOut(deps, plan, now);
    const groups = await dueGroups(database.orm, plan, now);
    const left = [...groups];
    const work = async (): Promise<void> => {
      for (let group = left.shift(); group; group = left.shift()) await sendGroup(deps, mailer, group);
    };
    // One after another for each: nobody gets two at once.
    await allEnded(Array.from({ length: atOnce }, work));
    await counts.refresh();
    return groups.length > 0;
  };
  const loop = createLoop({
    everyMs: lookMs,
    clock,
    onError: deps.failed,
    pass: async () => ((await round()) ? 0 : undefined),
  });
  return {
    counts,
    start: loop.start,
    wake: loop.wake,
    close: async () => {
      await loop.close();
      mailer?.close();
    },
  };
}

async function sendGroup(deps: SenderDeps, mailer: Mailer | undefined, group: Group): Promise<void> {
  const { database, log, clock, ask, plan } = deps;
  const notTrue = await notTrueRows(database.orm, group.rows, {
    plan,
    epoch: log.epoch,
    now: clock.now().getTime(),
  });
  const chosen = await choose(database.orm, group.rows, clock.now(), notTrue);
  for (const [row, error] of chosen.leftOut) await end(deps, [row], { state: 'dropped', error });
  const { said } = chosen;
  const [first] = said;
  if (first === undefined) return;
  const message = first.message ?? `${first.id}@${plan.host}`;
  if (isTarget(group.to)) {
    await recordAttempt(deps, said, message, clock.now());
    await end(
      deps,
      said,
      await sendToTarget(group.to, said, { plan, ask, message, now: clock.now().getTime() }),
    );
    return;
  }
  if (mailer === undefined) return await endUnmailed(deps, said);
  const reached = await reach(ask, said, clock.now().getTime(), plan);
  if (!('address' in reached)) return await end(deps, said, reached);
  const wanted = [];
  for (const row of said) {
    const kept = deps.letters.has(row.kind)
      ? undefined
      : byPreference(row, reached.contact, plan, clock.now().getTime());
    if (kept) await end(deps, [row], kept);
    else wanted.push(row);
  }
  if (wanted.length === 0) return;
  const ofKind = deps.letters.get(first.kind);
  const letter = await ofKind?.write(first);
  if (letter === 'not-now') {
    const why = 'what it says cannot be put together now: membership does not answer';
    return await end(deps, said, unavailable(said, why, clock.now().getTime()));
  }
  if (ofKind && letter === undefined)
    return await end(deps, said, { state: 'dropped', error: 'there is nothing to send any more' });
  const now = clock.now();
  await recordAttempt(deps, wanted, message, now);
  const names = await namesOf(ask, wanted);
  const outcome = await sendTo(mailer, wanted, reached, { plan, message, now, names, letter });
  await end(deps, wanted, endedBy(outcome, wanted, clock.now().getTime()));
}

/** Without a mail server: what is worth saying later waits, the rest is dropped. */
async function endUnmailed(deps: SenderDeps, said: readonly NoticeRow[]): Promise<void> {
  const error = 'settings name no mail server';
  const next = deps.clock.now().getTime() + 60 * 60_000;
  const isKept = isLasting(deps.letters);
  await end(deps, said.filter(isKept), { state: 'queued', next, error });
  await end(
    deps,
    said.filter((row) => !isKept(row)),
    { state: 'dropped', error },
  );
}

/** What is worth saying once there is a mail server: leases, and letters, wait for it. */
const isLasting =
  (letters: LettersByKind) =>
  ({ kind }: { readonly kind: string }) =>
    isWarning(kind) || letters.has(kind) || kind.startsWith(violationPrefix);

function end(
  deps: SenderDeps,
  rows: Group['rows'][number][] | readonly Group['rows'][number][],
  ended: Ended,
): Promise<void> {
  return recordOutcome(deps, rows, ended, deps.clock.now());
}

/** An hour before each digest. */
function nextReminder({ digestAt }: NoticePlan, now: Date): number {
  const minutes = (digestAt.minutes + 23 * 60) % (24 * 60);
  return firstAtOrAfter(now.getTime() + 1, { ...digestAt, minutes });
}

async function forgetOld({ orm }: Database, now: Date): Promise<void> {
  const before = new Date(now.getTime() - keptMs);
  const over = ['handed', 'failed-for-good', 'dropped'] as const;
  await orm.delete(table).where(and(inArray(table.state, [...over]), lt(table.endedAt, before)));
}
