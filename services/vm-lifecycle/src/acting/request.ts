import type { Tx } from '@huismeester/database';
import { accept, fail, finish, type Intent, intend, noteOutcome, Superseded } from '../adapters/recorder.ts';
import type { Desired } from '../core/desired.ts';
import { type AnyRequest, type Failure, isNodeRequest } from '../core/request.ts';
import { staleIntent } from '../core/retry.ts';
import type { ActingContext } from './context.ts';

/* The life of a request about a guest or a node: intended, sent, accepted, failed or done, each written down and counted. */

/** A request that was written down; `stale`: why it must not be sent any more. */
export interface Intended<R extends AnyRequest> {
  readonly made: R;
  readonly stale: string | undefined;
}

/** Writes down what is about to be asked; undefined when policy decided anew just now, and nothing may be asked. */
export async function intendRequest<R extends AnyRequest>(
  context: ActingContext,
  intent: Omit<Intent<R>, 'now'>,
): Promise<Intended<R> | undefined> {
  const { clock, logger } = context;
  const begunMs = clock.monotonicMs();
  const made = await write(context, { ...intent, now: clock.now() });
  if (made === undefined) return undefined;
  context.counted(labelOf(made), 'requested');
  const { target, act, attempt, generation } = made;
  logger.info({ target, act, attempt, generation, because: intent.because }, 'about to ask');
  return { made, stale: staleIntent(clock.monotonicMs() - begunMs, attempt) };
}

async function write<R extends AnyRequest>(
  { database, log }: ActingContext,
  intent: Intent<R>,
): Promise<R | undefined> {
  try {
    return await database.transaction((tx) => intend(tx, log, intent));
  } catch (error) {
    if (error instanceof Superseded) return undefined;
    throw error;
  }
}

/** It went out well: as this task, or, for a packet, until it is sent again. */
export async function acceptRequest(
  { database, log, counted }: ActingContext,
  made: AnyRequest,
  how: Parameters<typeof accept>[3] = {},
): Promise<void> {
  await database.transaction((tx) => accept(tx, log, made, how));
  // Of a packet that is sent again only the first one counts.
  if (made.phase === 'intended') counted(labelOf(made), 'accepted');
}

/** Whether it arrived is not known; what became of it will be seen. */
export function loseRequest({ counted, logger }: ActingContext, made: AnyRequest, code: string): void {
  counted(labelOf(made), 'lost');
  const { target, act } = made;
  logger.warn({ target, act, code }, 'the answer was lost; what became of the request will be looked for');
}

/** The request failed, for now or for good. */
export async function failRequest(
  { database, log, clock, counted, logger }: ActingContext,
  made: AnyRequest,
  failure: Failure,
): Promise<void> {
  await database.transaction((tx) => fail(tx, log, made, failure, clock.now()));
  counted(labelOf(made), 'failed');
  const { target, act, attempt } = made;
  const what = { target, act, attempt, error: failure.error };
  if (failure.retry) logger.warn(what, 'a request failed; it will be tried again');
  else logger.error(what, 'a request failed for good');
}

/** The request was carried out; `more` is written in the same transaction. */
export async function finishRequest(
  { database, counted, logger }: ActingContext,
  made: AnyRequest,
  more?: (tx: Tx) => Promise<void>,
): Promise<void> {
  await database.transaction(async (tx) => {
    await finish(tx, made);
    await more?.(tx);
  });
  counted(labelOf(made), 'done');
  const { target, act, attempt } = made;
  logger.info({ target, act, attempt }, 'a request was carried out');
}

/** What is wanted is so already: nothing had to be asked. */
export async function noteReached({ database }: ActingContext, desired: Desired | undefined): Promise<void> {
  if (desired) await database.transaction((tx) => noteOutcome(tx, desired, { reached: true }));
}

function labelOf(request: AnyRequest): string {
  return isNodeRequest(request) ? `node-${request.act}` : request.act;
}
