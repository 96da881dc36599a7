import fc from 'fast-check';
import { expect, it } from 'vitest';
import { tame, wild } from '../../test/history/arbitrary.ts';
import type { Caretaker } from '../../test/history/caretaker.ts';
import { compareIncidents, compareStates } from '../../test/history/compare.ts';
import { gatewayFails } from '../../test/history/found.ts';
import { large } from '../../test/history/large.ts';
import { play } from '../../test/history/play.ts';
import { isOpen } from './incident.ts';

const wanted = process.env.HUISMEESTER_HISTORIES;
/** The same histories each time, so that a red test is the change's own fault; a longer search finds new ones. */
const search = (share: number) => ({
  numRuns: Math.ceil(share * Number(wanted ?? 100)),
  ...(wanted === undefined && { seed: 1 }),
});

it('whatever happens: what answers is up, each incident has one root, and no thing speaks for what it needs', {
  timeout: 600_000,
}, () => {
  fc.assert(
    fc.property(wild, (history) => {
      expectCalm(play(history).caretaker);
    }),
    search(0.6),
  );
});

it('what fails one by one has the incidents and the availability that it truly has', {
  timeout: 600_000,
}, () => {
  fc.assert(
    fc.property(tame, (history) => {
      const { caretaker, incidents } = play(history);
      expectCalm(caretaker);
      compareStates(caretaker);
      compareIncidents(caretaker, incidents);
    }),
    // What a longer search found before is played each time.
    { ...search(0.4), examples: [[gatewayFails]] },
  );
});

/** When all has been well for a while, everything is up and every incident closed. */
function expectCalm({ world: { things, incidents } }: Caretaker): void {
  expect([...things.values()].filter(({ state }) => state !== 'up')).toEqual([]);
  expect([...incidents.values()].filter(isOpen)).toEqual([]);
}

it('finds the one cause of 10,000 failures in one step', () => {
  const count = 10_000;
  const ids = Array.from({ length: count }, (_, index) => `probe/${index}`);
  // A tree under one switch, of which each thing needs one of a hundred above it.
  const needs = new Map(
    ids.map((id, index) => [id, [[index < 100 ? 'switch/root' : `probe/${Math.floor(index / 100)}`]]]),
  );
  const play = large(needs, ['switch/root', ...ids]);
  play.all('answers', 10);
  const step = play.all('fails', 100);
  expect(step.events.map(({ type }) => type)).toEqual(['switch.unreachable', 'incident.opened']);
  const states = new Set([...step.things.values()].map(({ state, root }) => `${state} because of ${root}`));
  expect(states).toEqual(new Set(['down because of undefined', 'unknown because of switch/root']));
  process.stdout.write(`10,001 things fail at once: ${Math.round(play.tookMs())} ms for the step\n`);
});
