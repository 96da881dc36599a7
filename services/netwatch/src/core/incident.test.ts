import { expect, test } from 'vitest';
import { type Incident, lastBack } from './incident.ts';

test('the last to come back is the last by the monotonic clock, though the civil clock was set back', () => {
  const since = { time: 10_000, ms: 10_000 };
  const members = {
    'probe/a': { since, backAt: { time: 50_000, ms: 50_000 } },
    'probe/b': { since, backAt: { time: 1_000, ms: 60_000 } },
  };
  expect(lastBack({ members, since } as unknown as Incident)).toEqual({ time: 1_000, ms: 60_000 });
});
