import { skipWithout } from '@huismeester/testkit';
import { describe, expect, it } from 'vitest';
import { type Kind, kinds } from '../chaos/plan.ts';
import { type ChaosResult, runChaos } from '../chaos/run.ts';

/** Over all seeds every kind of fault is there; what ends up red is done again by these seeds. */
const runs: readonly { seed: number; kinds: readonly Kind[] }[] = [
  { seed: 3, kinds: ['kill', 'halt', 'pause', 'jump', 'tasks', 'slow'] },
  { seed: 8, kinds: ['kill', 'cut', 'silent', 'deaf', 'flood', 'forge', 'restore'] },
];

/** All that there is to know of a run that went wrong. */
function everything({ faults, story, output }: ChaosResult, seed: number): string {
  return [...faults, '', `seed ${seed}:`, ...story, '', output.slice(-20_000)].join('\n');
}

describe.skipIf(skipWithout('postgres', 'mosquitto'))('three services while everything is broken', () => {
  it('has every kind of fault among its runs', () => {
    expect(new Set(runs.flatMap((run) => run.kinds))).toEqual(new Set(kinds));
  });

  // One after the other: two spaces whose processes are started anew all the time leave each other no time on two cores.
  it.each(runs)(
    'loses, repeats and invents nothing, with seed $seed: $kinds',
    { timeout: 900_000 },
    async (run) => {
      const { seed } = run;
      const result = await runChaos({
        seed,
        broker: 'mosquitto',
        size: { upses: 24, nodes: 3 },
        facts: 300,
        // As `chaos` has it: quicker, and on a slow machine a database or a service is killed again before it has come up.
        pace: { everyMs: 1_500, length: 0.4, kinds: run.kinds },
        tailMs: 1_000,
        atLeastMs: 0,
        atMostMs: 240_000,
      });
      expect(result.faults, everything(result, seed)).toEqual([]);
      expect(new Set(result.done.keys())).toEqual(new Set(run.kinds));
      expect(result.facts).toBeGreaterThanOrEqual(300);
      expect(result.requests).toBeGreaterThan(0);
    },
  );
});
