import fc from 'fast-check';
import { expect, it } from 'vitest';
import { tame, wild } from '../../test/history/arbitrary.ts';
import { play } from '../../test/history/play.ts';

const wanted = process.env.HUISMEESTER_HISTORIES;
/** The same histories each time, so that a red test is the change's own fault; a longer search finds new ones. */
const search = (share: number) => ({
  numRuns: Math.ceil(share * Number(wanted ?? 100)),
  ...(wanted === undefined && { seed: 1 }),
  ...(process.env.DBG && { interruptAfterTimeLimit: 20_000, markInterruptAsFailure: false }),
});

it('whatever happens: what answers is up, each incident has one root, and no thing speaks for what it needs', {
  timeout: 600_000,
}, () => {
  fc.assert(
    fc.property(wild, (history) => {
      const { world } = play(history);
      expect([...world.things.values()].filter(({ state }) => state !== 'up')).toEqual([]);
    }),
    search(0.6),
  );
});

it('what fails one by one has the incidents and the availability that it truly has', {
  timeout: 600_000,
}, () => {
  fc.assert(
    fc.property(tame, (history) => {
      const { world } = play(history);
      expect([...world.things.values()].filter(({ state }) => state !== 'up')).toEqual([]);
    }),
    search(0.4),
  );
});
