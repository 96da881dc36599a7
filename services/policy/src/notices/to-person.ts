import type { ContactAnswer } from '@huismeester/contracts';
import { isUsableAddress, type Mailer, type Outcome } from '@huismeester/mail';
import { type AskService, Unanswered } from '@huismeester/service';
import { type Composed, compose } from './compose.ts';
import type { NoticeRow } from './due.ts';
import type { NoticePlan } from './plan.ts';
import type { Ended } from './record.ts';
import { boardAddress, isWarning } from './says.ts';
import { afterHoliday, nextWhenDeferred, nextWhenUnavailable } from './schedule.ts';

type Known = Extract<ContactAnswer, { state: 'known' }>;

/** How somebody is written to now, or what that means for what is to be sent to them. */
export type Reached = { readonly contact: Known; readonly address: string } | Ended;

/** Asks membership how somebody is written to: only a complete read of the directory says that there is no way. */
export async function reach(
  ask: AskService,
  rows: readonly NoticeRow[],
  now: number,
  plan: Pick<NoticePlan, 'board' | 'site'>,
): Promise<Reached> {
  const [first] = rows;
  if (first?.person === boardAddress) return theBoard(plan);
  const answer = await ask('membership', 'contact', { person: first?.person ?? '' }).catch(
    (error: unknown) => {
      if (error instanceof Unanswered) return error;
      throw error;
    },
  );
  if (answer instanceof Unanswered)
    return unavailable(rows, `membership does not answer: ${answer.message}`, now);
  if (answer.state === 'unknown') return unavailable(rows, 'the directory is not known now', now);
  const address = answer.state === 'known' ? answer.mail.find(isUsableAddress) : undefined;
  if (answer.state === 'known' && address !== undefined) return { contact: answer, address };
  const error = 'the directory, read whole, has no address that mail can go to';
  return { state: 'failed-for-good', because: 'no-address', error };
}

/** The address that the whole board reads, by settings: it is in no directory. */
function theBoard({ board, site: { language } }: Pick<NoticePlan, 'board' | 'site'>): Reached {
  if (board !== undefined)
    return { contact: { state: 'known', enabled: true, mail: [board], language }, address: board };
  const error = 'settings name no address of the board any more';
  return { state: 'failed-for-good', because: 'no-address', error };
}

/** What a person has chosen keeps this from them, for now or for good; undefined: it is sent. Letters are no matter of choice. */
export function byPreference(
  { kind, urgency }: NoticeRow,
  contact: Known,
  plan: NoticePlan,
  now: number,
): Ended | undefined {
  if (isWarning(kind) || kind === 'test') return undefined;
  const { notices = 'digest', holiday } = contact;
  if (notices === 'none' || (notices === 'urgent' && urgency === 'digest')) {
    return { state: 'dropped', error: 'this person does not want it' };
  }
  const next = afterHoliday(holiday, now, plan.digestAt);
  return next === undefined ? undefined : { state: 'queued', next, error: 'on holiday' };
}

/** Sends these as one message; `letter`: what it says where that is not put together of them. */
export async function sendTo(
  mailer: Mailer,
  rows: readonly NoticeRow[],
  { contact, address }: Extract<Reached, { address: string }>,
  {
    plan,
    message,
    now,
    names,
    letter,
  }: {
    plan: NoticePlan;
    message: string;
    now: Date;
    names: ReadonlyMap<string, string>;
    letter?: Composed | undefined;
  },
): Promise<Outcome> {
  const { name, language } = contact;
  const person = rows[0]?.person ?? '';
  return await mailer.send({
    id: message,
    to: { address, ...(name !== undefined && { name }) },
    ...(letter ?? compose(rows, { person, language, names, ...(name !== undefined && { name }) }, plan)),
    date: now,
    language,
  });
}

/** What an attempt means for the rows of the message. */
export function endedBy(outcome: Outcome, rows: readonly NoticeRow[], now: number): Ended {
  switch (outcome.outcome) {
    case 'accepted':
      return { state: 'handed' };
    case 'rejected': {
      const { code, why: error } = outcome;
      if (code === 'no-address') return { state: 'failed-for-good', because: 'no-address', error };
      return { state: 'failed-for-good', because: 'refused', code, error };
    }
    case 'deferred': {
      const { code, why: error } = outcome;
      const { next, deferred } = nextWhenDeferred(rows[0]?.says.deferred, now);
      if (next === undefined)
        return { state: 'dropped', error: `given up after a day: ${error}`, gaveUp: { code } };
      return { state: 'queued', next, error, says: { deferred } };
    }
    case 'unavailable':
      return unavailable(rows, outcome.why, now);
  }
}

/** It fails for a reason that has nothing to do with the person: it is tried for ever. */
export function unavailable(rows: readonly NoticeRow[], error: string, now: number): Ended {
  const unavailableSince = rows[0]?.says.unavailableSince ?? now;
  return {
    state: 'queued',
    next: nextWhenUnavailable(unavailableSince, now),
    error,
    says: { unavailableSince },
  };
}
