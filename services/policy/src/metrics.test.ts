import { expect, it } from 'vitest';
import { type Feed, unknownFeed } from './facts/ups.ts';
import { countdownsOf, readingsOf, stagesOf } from './metrics.ts';
import type { OutageNow } from './rules/power/outage.ts';

const rack: Feed = { ...unknownFeed('rack'), mains: 'on-battery', since: 5_000 };
const attic: Feed = { ...unknownFeed('attic'), mains: 'on-mains', since: 0 };
const verdicts: readonly OutageNow[] = [
  { feed: attic, before: undefined, verdict: { stage: 'mains', reasons: [] } },
  {
    feed: rack,
    before: undefined,
    verdict: { stage: 'hold', reasons: [], next: { stage: 'participant', at: 185_000 } },
  },
];

it('counts the stages of each UPS as the summary does, the countdown in seconds', () => {
  expect(stagesOf(verdicts)).toEqual([
    { labels: { ups: 'attic' }, value: 0 },
    { labels: { ups: 'rack' }, value: 2 },
  ]);
  expect(countdownsOf(verdicts, 100_500)).toEqual([
    { labels: { ups: 'rack', stage: 'participant' }, value: 84.5 },
  ]);
  expect(countdownsOf(verdicts, 200_000)).toMatchObject([{ value: 0 }]);
});

it('tells of the space what the summary tells, and nothing that it does not know', () => {
  const known = {
    stage: 'hold',
    stage_n: 2,
    core_down: 1,
    nodes_off: 0,
    open_violations: 3,
    hindered: 2,
    holds: 4,
    ts: 0,
  } as const;
  const readings = {
    huismeester_space_stage: 2,
    huismeester_space_core_down: 1,
    huismeester_space_open_violations: 3,
    huismeester_space_hindered: 2,
    huismeester_space_holds: 4,
  };
  expect(readingsOf(known)).toEqual(readings);
  expect(readingsOf({ ...known, on_battery: 1, next_stage_s: 85 })).toEqual({
    ...readings,
    huismeester_space_on_battery: 1,
    huismeester_space_next_stage_seconds: 85,
  });
});
