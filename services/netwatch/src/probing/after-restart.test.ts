import type { Look } from '@huismeester/probes';
import { systemClock } from '@huismeester/service';
import { expect, test } from 'vitest';
import { probeSettings } from '../../test/probe-settings.ts';
import { withoutMonotonic } from '../core/thing.ts';
import type { Memory } from '../memory.ts';
import { WatchedProbe } from './watched-probe.ts';

const dayMs = 86_400_000;

/** What a process says of a service that these looks find, and what it leaves to the next. */
async function run(before: Memory, looks: readonly Look[]): Promise<{ said: string[]; memory: Memory }> {
  const said: string[] = [];
  let left = before;
  const found = [...looks];
  const watched = new WatchedProbe({
    settings: probeSettings({
      port: 443,
      every: '1h',
      slowAbove: '1s',
      down: { failed: 1 },
      up: { good: 1 },
    }),
    probe: async () => found.shift() ?? fast,
    memory: before,
    clock: systemClock,
    reports: {
      post: (signals, memories) => {
        for (const signal of signals) {
          if (signal.kind === 'said') said.push(signal.event.type);
          else if (signal.kind !== 'sight') said.push(signal.kind);
        }
        // As the table gives it back.
        left = withoutMonotonic(memories?.get('probe/web') ?? left);
      },
      looked: () => undefined,
    },
    around: { asked: () => undefined, lost: false },
    here: true,
    seen: () => undefined,
    failed: (error) => {
      throw error;
    },
  });
  const looked = watched.lookNow();
  watched.start();
  await looked;
  while (found.length > 0) await watched.lookNow();
  await watched.close();
  return { said, memory: left };
}

const fast: Look = { outcome: 'up', answered: true, latencyMs: 10 };
const slow: Look = { ...fast, latencyMs: 2_000 };
const bad: Look = { outcome: 'down', reason: 'no-answer', answered: false };
const halved: Look = { ...fast, outcome: 'degraded', defect: 'one-family' };
const times = (count: number, ...looks: Look[]) => Array.from({ length: count }, () => looks).flat();

/** A certificate of 90 days with so many left. */
function ending(left_d: number, fingerprint = 'AB'): Look {
  const notAfter = Date.now() + left_d * dayMs;
  const [from, until] = [notAfter - 90 * dayMs, notAfter].map((time) => new Date(time).toISOString());
  return { ...fast, certificate: { fingerprint, notBefore: from ?? '', notAfter: until ?? '' } };
}
const [warned, urgent, renewed] = [ending(8), ending(2), ending(89, 'CD')];
const expired: Look = {
  ...bad,
  reason: 'certificate',
  certificate: {
    fingerprint: 'AB',
    notBefore: '2026-01-01T00:00:00Z',
    notAfter: '2026-04-01T00:00:00Z',
    fault: 'expired',
  },
};

interface Case {
  readonly looks: readonly Look[];
  readonly said: readonly string[];
  /** Looks of the process after it, the first of which find what was said already. */
  readonly after: readonly Look[];
  readonly newly: readonly string[];
}

test.each<[string, Case]>([
  [
    'a stage of a certificate, but for a sharper one',
    {
      looks: [warned],
      said: ['certificate.expiring'],
      after: [warned, urgent, urgent],
      newly: ['certificate.expiring'],
    },
  ],
  [
    'a stage of a certificate, and that it was renewed',
    {
      looks: [warned],
      said: ['certificate.expiring'],
      after: [warned, ...times(6, renewed)],
      newly: ['certificate.renewed'],
    },
  ],
  [
    'an invalid certificate',
    { looks: [expired], said: ['certificate.invalid'], after: times(3, expired), newly: [] },
  ],
  [
    'that it is slow, and that it is well again',
    {
      looks: times(5, slow),
      said: ['probe.degraded'],
      after: [...times(5, slow), ...times(6, fast)],
      newly: ['probe.recovered'],
    },
  ],
  [
    'a defect, also when it is another one by then',
    {
      looks: times(3, halved),
      said: ['probe.degraded'],
      after: [...times(4, halved), ...times(5, slow)],
      newly: [],
    },
  ],
  [
    'that it flaps',
    {
      looks: [fast, ...times(3, bad, fast)],
      said: ['flapping'],
      after: [fast, ...times(3, bad, fast)],
      newly: [],
    },
  ],
])('a restart says nothing twice: %s', async (_, { looks, said, after, newly }) => {
  const first = await run({}, looks);
  expect(first.said).toEqual(said);
  expect((await run(first.memory, after)).said).toEqual(newly);
});

test('changes of before a restart count', async () => {
  const first = await run({}, [fast, ...times(2, bad, fast)]);
  expect(first.said).toEqual([]);
  expect((await run(first.memory, [fast, bad, fast])).said).toEqual(['flapping']);
  expect((await run({}, [fast, bad, fast])).said).toEqual([]);
});

test('what flapped before a restart is stable 10 min after its last change', async () => {
  const flaps = { times: [Date.now() - 599_000], flapping: true };
  expect((await run({ flaps }, times(3, fast))).said).toEqual([]);
  const before = { times: [Date.now() - 601_000], flapping: true };
  const { said, memory } = await run({ flaps: before }, times(3, fast));
  expect([said, memory]).toEqual([['stable'], { flaps: { times: [], flapping: false } }]);
});
