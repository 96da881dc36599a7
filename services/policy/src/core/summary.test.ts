import { describe, expect, it } from 'vitest';
import { type Feed, unknownFeed } from './feed.ts';
import type { Guest } from './guest.ts';
import { emptyModel } from './model.ts';
import { summary } from './summary.ts';

const guest: Guest = { vm: '101', class: 'core', hypervisor: 'pve', node: 'pve1', running: false };
const model = { ...emptyModel, guests: new Map([['101', guest]]) };
const rack: Feed = { ...unknownFeed('rack'), mains: 'on-battery', since: 5_000 };
const attic: Feed = { ...unknownFeed('attic'), mains: 'on-mains', since: 0 };

describe('summary', () => {
  it('leaves out what is not known', () => {
    expect(summary(model, [], 7)).toEqual({
      stage: 'mains',
      stage_n: 0,
      core_down: 1,
      open_violations: 0,
      holds: 0,
      ts: 7,
    });
  });

  it('tells the worst stage, since when, and the seconds to the next one', () => {
    const feeds = new Map([
      ['rack', rack],
      ['attic', attic],
    ]);
    const outages = [
      { feed: attic, before: undefined, verdict: { stage: 'mains', reasons: [] } },
      {
        feed: rack,
        before: undefined,
        verdict: { stage: 'hold', reasons: [], next: { stage: 'participant', at: 185_000 } },
      },
    ] as const;
    expect(summary({ ...model, feeds }, outages, 100_000)).toEqual({
      power: 'on-battery',
      on_battery: 1,
      since_s: 95,
      stage: 'hold',
      stage_n: 2,
      next_stage_s: 85,
      core_down: 1,
      open_violations: 0,
      holds: 0,
      ts: 100_000,
    });
  });
});
