import { createLoop, type Loop } from '@huismeester/clock';
import { milliseconds } from '@huismeester/contracts';
import type { Service } from '@huismeester/service';
import type { Wiki } from '@huismeester/wiki';
import { lookDueAt, unknownAgainMs } from '../core/design/look.ts';
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
  /** Looks that have not begun, by the one that is looked at: whoever asks for the same waits for the same. */
  const waiting = new Map<string | undefined, Promise<void>>();
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
        const all = await readDesigns(database.orm);
        const due = all.filter((each) => dueAt(each, now) <= now.getTime());
        if (!all.some(hasPage)) return (await answers(deps, closing.signal)) ? undefined : unknownAgainMs;
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
    now(id) {
      const joined = waiting.get(id) ?? waiting.get(undefined);
      if (joined) return joined;
      const mine = inTurn(async () => {
        waiting.delete(id);
        const rows = await readDesigns(database.orm, id);
        if (rows.some(hasPage)) await look(deps, rows, closing.signal);
        else await answers(deps, closing.signal);
        return undefined;
      });
      // When the next look is due may be otherwise then.
      const done = mine.then(loop.wake);
      waiting.set(id, done);
      return done;
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
  // One answer is enough; a wiki that only leaves out what is asked of one page is there.
  const isSilent = found.every(({ answer }) => answer.of === 'wiki');
  await recordWiki({ database, log }, isSilent ? first.answer.why : undefined);
  await database.transaction((tx) => recordLooks(tx, log, { found, actor: log.service }));
}

function hasPage({ fields }: DesignRow): boolean {
  return fields.page !== undefined;
}

/** Where there is no page to look at: whether the wiki answers, so that it is known all the same. */
async function answers(
  { wiki, database, log }: Pick<Deps, 'wiki' | 'database' | 'log'>,
  signal: AbortSignal,
): Promise<boolean> {
  const why = await wiki.silence(signal);
  await recordWiki({ database, log }, why);
  return why === undefined;
}
