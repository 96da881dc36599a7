import { milliseconds } from '@huismeester/contracts';
import { afterCommit, isTransient } from '@huismeester/database';
import { createPoller, type Poller } from '@huismeester/service';
import { createWaiting } from '../people/waiting.ts';
import type { AccessAdapter, Looked } from './adapter.ts';
import type { Names } from './names.ts';
import { recordComplete, recordUnknown } from './record.ts';
import type { AccessService } from './service.ts';

/** A look at 200 accounts takes 5 s; what hangs is given up long before the next. */
const deadlineMs = 45_000;
/** What is not there yet, or could not be stored, is tried again after this; what stays unknown each time after twice as long, up to `access.every`. */
const againMs = 10_000;

type Deps = Pick<AccessService, 'database' | 'log' | 'access' | 'clock' | 'logger' | 'settings'>;

/** Looks again and again who has admin rights (CORE-4), at each source by itself. */
export interface Review extends Pick<Poller, 'start' | 'close'> {
  readonly adapters: readonly AccessAdapter[];
  /** Looks everywhere now; resolves once looks that began after this are over, whatever they found. */
  now(): Promise<void>;
}

export function createReview(deps: Deps, adapters: readonly AccessAdapter[], names: Names): Review {
  const sources = adapters.map((adapter) => sourceOf(deps, adapter, names));
  return {
    adapters,
    start() {
      for (const source of sources) source.start();
    },
    async now() {
      await Promise.all(sources.map((source) => source.now()));
    },
    async close() {
      await Promise.all(sources.map((source) => source.close()));
    },
  };
}

/** How often a source is looked at, ms. */
export function everyMsOf(
  { longestEveryMs }: Pick<AccessAdapter, 'longestEveryMs'>,
  { every }: { readonly every: string },
): number {
  return Math.min(milliseconds(every), longestEveryMs ?? Number.POSITIVE_INFINITY);
}

function sourceOf(deps: Deps, adapter: AccessAdapter, names: Names) {
  const { clock, logger, settings } = deps;
  const { id } = adapter;
  const waiting = createWaiting();
  const everyMs = everyMsOf(adapter, settings.access);
  let unknownMs = againMs;
  const poller = createPoller({
    everyMs,
    deadlineMs,
    clock,
    look: async (signal) => {
      const over = waiting.begin();
      try {
        const looked = await readOrGiveUp(adapter, signal);
        if (looked === undefined) return undefined;
        await take(deps, { adapter, looked, names });
        if (looked.state === 'unchanged') return againMs;
        if (looked.state === 'complete') {
          unknownMs = againMs;
          return undefined;
        }
        const waitMs = Math.min(unknownMs, everyMs);
        unknownMs = waitMs * 2;
        return waitMs;
      } catch (error) {
        if (!isTransient(error)) throw error;
        logger.warn({ err: error, source: id }, 'who has admin rights could not be stored; looking again');
        return againMs;
      } finally {
        over();
      }
    },
    failed: (error) => logger.warn({ err: error, source: id }, 'the look at who has admin rights failed'),
  });
  return {
    start: poller.start,
    now() {
      const over = waiting.add();
      poller.now();
      return over;
    },
    async close() {
      await poller.close();
      waiting.end();
      await adapter.close();
    },
  };
}

/** Undefined where the service ends meanwhile, which says nothing of the source. */
async function readOrGiveUp(adapter: AccessAdapter, signal: AbortSignal): Promise<Looked | undefined> {
  try {
    return await adapter.read(signal);
  } catch (error) {
    if (!signal.aborted) throw error;
    const { reason } = signal;
    const isLate = reason instanceof Error && 'code' in reason && reason.code === 'look-too-late';
    return isLate ? { state: 'unknown', lacks: `an answer within ${deadlineMs / 1000} s` } : undefined;
  }
}

async function take(
  deps: Deps,
  { adapter, looked, names }: { adapter: AccessAdapter; looked: Looked; names: Names },
): Promise<void> {
  const { database, logger } = deps;
  const { id } = adapter;
  if (looked.state === 'unchanged') return;
  await database.transaction(async (tx) => {
    afterCommit(tx, () => adapter.stored?.());
    if (looked.state === 'unknown') {
      const { lacks } = looked;
      const isNew = await recordUnknown(tx, deps, id, lacks);
      if (isNew) {
        afterCommit(tx, () =>
          logger.warn({ source: id, lacks }, 'who has admin rights could not be read whole'),
        );
      }
      return;
    }
    const recorded = await recordComplete(tx, deps, id, looked.accounts);
    if (recorded) afterCommit(tx, () => names.take(id, recorded.named, recorded.missed));
    else await recordUnknown(tx, deps, id, 'secrets.key in the settings');
  });
}
