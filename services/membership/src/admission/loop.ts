import { createLoop, type Loop } from '@huismeester/clock';
import { milliseconds } from '@huismeester/contracts';
import { withEach } from '../each.ts';
import type { Inside, Membership } from '../inside.ts';
import { readCertainty } from '../register/certainty.ts';
import { type ExpireDeps, expireDue } from '../register/expire.ts';
import { decideAgain } from './decide.ts';
import { createErasing } from './erase.ts';
import { readOpen } from './read.ts';

/** When nothing wakes it. */
const everyMs = 60_000;
/** Policy believes the clock once it has looked at it: until then it is asked again after this. */
const againMs = 2_000;

type DecisionDeps = ExpireDeps & Membership & Pick<Inside, 'opened'>;

/**
 * Decides again about all that is open in the team, and ends what ends by time (JOIN-1, JOIN-2, TEAM-1). It goes by what stands in the tables alone: each
 * pass may be the first, and what a process that was killed left undone is done by the next one.
 */
export function createDecisions(deps: DecisionDeps): Loop {
  const { clock, logger, log, settings, database } = deps;
  const erasing = createErasing(database);
  const keptMs = milliseconds(settings.team.keepVotes);
  return createLoop({
    clock,
    everyMs,
    onError: (error) => logger.error({ err: error }, 'what is open in the team could not be decided'),
    async pass() {
      const certainty = await readCertainty(deps);
      // First: who is a full member again belongs to those who may vote.
      const { next, hasFailed } = await expireDue(deps, certainty);
      const failed = await decideAll(deps);
      const now = log.now();
      // By a clock that jumped ahead everything would be a year old.
      if (!certainty.clockBelieved(now)) return againMs;
      await erasing.erase(new Date(now.getTime() - keptMs), clock.monotonicMs());
      // What fails by itself, and not since the database is away, does so again: it is logged once in each of these.
      return failed || hasFailed ? everyMs : await untilNext(deps, next);
    },
  });
}

/** Directory and clock are asked about anew for each: what could be relied upon for the first may not be any more for the last. Answers whether one failed. */
async function decideAll(deps: DecisionDeps): Promise<boolean> {
  const { database, logger } = deps;
  return await withEach(
    await readOpen(database.orm),
    async ({ id }) => {
      const certainty = await readCertainty(deps);
      await database.transaction((tx) => decideAgain(tx, deps, id, certainty));
    },
    (error, { id }) => logger.error({ err: error, application: id }, 'an application could not be decided'),
  );
}

/** Until the next end of anything, ms; undefined where nothing ends by time. */
async function untilNext(
  { database, log }: DecisionDeps,
  due: Date | undefined,
): Promise<number | undefined> {
  const now = log.now().getTime();
  const ends = (await readOpen(database.orm)).flatMap(({ state: { status, ends: end, board } }) => {
    const next = status === 'open' ? end : status === 'awaiting-board' ? board?.until : undefined;
    return next === undefined ? [] : [Date.parse(next)];
  });
  // What was due before stands because it could not be decided: it is looked at again after a while anyway.
  const coming = [...ends, ...(due ? [due.getTime()] : [])].filter((end) => end > now);
  return coming.length === 0 ? undefined : Math.min(...coming) - now;
}
