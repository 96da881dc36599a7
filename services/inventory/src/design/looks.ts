import { createLoop, type Loop } from '@huismeester/clock';
import { milliseconds } from '@huismeester/contracts';
import type { Service } from '@huismeester/service';
import type { Wiki } from '@huismeester/wiki';
import { lookDueAt } from '../core/design/look.ts';
import { recordWiki } from '../wiki/state.ts';
import { lookUpAll } from './look-up.ts';
import { recordLooks } from './record.ts';
import { type DesignRow, readDesigns } from './rows.ts';

/** Looks again and again at the pages of design decisions, one look at a time. */
export interface DesignLooks extends Pick<Loop, 'start' | 'wake' | 'close'> {
  /** Looks now, at the page of one of them or at those of all; resolves once that is written down. */
  now(id?: string): Promise<void>;
}

type Deps = Pick<Service<'wiki'>, 'database' | 'log' | 'clock' | 'logger'> & {
  readonly wiki: Wiki;
  /** From a good look to the next one. */
  readonly every: string;
};

export function createDesignLooks({ every, ...deps }: Deps): DesignLooks {
  const { database, log, clock, logger } = deps;
  const everyMs = milliseconds(every);
  const closing = new AbortController();
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = (work: () => Promise<number | undefined>) => {
    const mine = last.then(work);
    last = mine.catch(() => undefined);
    return mine;
  };
  const dueAt = ({ fields, read, looked }: DesignRow, now: Date) =>
    fields.page === undefined ? Number.POSITIVE_INFINITY : lookDueAt(read, looked, { everyMs, now });
  const loop = createLoop({
    everyMs,
    clock,
    pass: () =>
      inTurn(async () => {
        const now = log.now();
        const due = (await readDesigns(database.orm)).filter((each) => dueAt(each, now) <= now.getTime());
        await look(deps, due, closing.signal);
        const next = (await readDesigns(database.orm)).map((each) => dueAt(each, log.now()));
        return Math.min(everyMs, ...next.map((at) => at - log.now().getTime()));
      }),
    onError(error) {
      if (!closing.signal.aborted)
        logger.warn({ err: error }, 'the look at the pages of design decisions failed; trying again');
    },
  });
  return {
    start: loop.start,
    wake: loop.wake,
    async now(id) {
      await inTurn(async () => {
        await look(deps, await readDesigns(database.orm, id), closing.signal);
        return undefined;
      });
      // When the next look is due may be otherwise now.
      loop.wake();
    },
    async close() {
      closing.abort();
      await loop.close();
      await last;
    },
  };
}

async function look(
  { wiki, database, log }: Pick<Deps, 'wiki' | 'database' | 'log'>,
  rows: readonly DesignRow[],
  signal: AbortSignal,
): Promise<void> {
  const found = await lookUpAll(wiki, rows, signal);
  const [first] = found;
  if (first === undefined) return;
  // One answer is enough: a wiki that leaves out a title is there.
  const isVoid = found.every(({ answer }) => answer.state === 'unknown');
  await recordWiki({ database, log }, isVoid ? first.why : undefined);
  await database.transaction((tx) => recordLooks(tx, log, { found, actor: log.service }));
}
