import { describe, expect, it } from 'vitest';
import { type Facts, noFacts } from '../facts/index.ts';
import { type Feed, unknownFeed } from '../facts/ups.ts';
import type { Guest } from '../facts/vm.ts';
import { power } from './space.ts';
import { type Space, summary } from './summary.ts';

const guest: Guest = { vm: '101', class: 'core', hypervisor: 'pve', node: 'pve1', running: false };
const rack: Feed = { ...unknownFeed('rack'), mains: 'on-battery', since: 5_000 };
const attic: Feed = { ...unknownFeed('attic'), mains: 'on-mains', since: 0 };
const hold = { id: 'h1', target: 'vm/101', since: 0, until: 10, because: 'work', by: 'jan' } as const;
const facts: Facts = { ...noFacts, vm: new Map([['101', guest]]) };
const space = (more: Partial<Space>): Space => ({
  facts,
  outages: [],
  openViolations: 0,
  hindered: 0,
  now: 7,
  ...more,
});

describe('the summary', () => {
  it('leaves out what is not known', () => {
    expect(summary(space({}))).toEqual({
      stage: 'mains',
      stage_n: 0,
      core_down: 1,
      open_violations: 0,
      hindered: 0,
      holds: 0,
      ts: 7,
    });
  });

  it('has the worst stage, since when, and the seconds to the next one', () => {
    const ups = new Map([
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
    expect(summary(space({ facts: { ...facts, ups }, outages, now: 100_000, openViolations: 2 }))).toEqual({
      power: 'on-battery',
      on_battery: 1,
      since_s: 95,
      stage: 'hold',
      stage_n: 2,
      next_stage_s: 85,
      core_down: 1,
      open_violations: 2,
      hindered: 0,
      holds: 0,
      ts: 100_000,
    });
  });

  it('counts what is on hold once, until it is over', () => {
    const holds = new Map([
      ['h1', hold],
      ['h2', { ...hold, id: 'h2', until: 20 }],
    ]);
    const of = (now: number) => summary(space({ facts: { ...facts, hold: holds }, now })).holds;
    expect([of(9), of(10), of(20)]).toEqual([1, 1, 0]);
  });
});

describe('GET /power', () => {
  it('says unknown until the facts were evaluated once', () => {
    expect(power(undefined, undefined)).toEqual({ stage: 'unknown', outages: [] });
    expect(power([], new Map())).toEqual({ stage: 'mains', outages: [] });
  });
});
