import { describe, expect, it } from 'vitest';
import { type AnyRule, hasSay } from '../rules/define.ts';
import { rules as allRules } from '../rules/index.ts';
import { closedGates, type Reading, readsItems, readsPages, readsPeople } from './gates.ts';

const rule = (name: string, reads: AnyRule['reads']): AnyRule => ({
  name,
  reads,
  clauses: new Map(),
  violationKinds: [],
  tiers: [],
  row: {},
  decide: () => {
    throw new Error('nobody asks it');
  },
});
const rules = [rule('power', ['ups', 'vm']), rule('keep-running', ['vm', 'hold'])];
const read = { caughtUp: true, lag: 0 };
const readings = (ups: Partial<Reading>, vms: Partial<Reading> = {}): Reading[] => [
  { source: 'ups-monitor', ...read, ...ups },
  { source: 'vm-lifecycle', ...read, ...vms },
];
const at = (now: number, confirmedAt?: number) => ({ now, startedAt: 0, confirmedAt });
const closed = (each: Reading[], when = at(1000)) => [...closedGates(rules, each, when, new Map()).keys()];

describe('the gate of a rule', () => {
  it('is open once every log that it reads was read to its head, and has no lag', () => {
    expect(closed(readings({}))).toEqual([]);
    expect(closed(readings({ caughtUp: false }))).toEqual(['power']);
    expect(closed(readings({ lag: 1 }))).toEqual(['power']);
    expect(closed(readings({}, { lag: 1 }))).toEqual(['power', 'keep-running']);
  });

  it('stays open while a source is away that was read before', () => {
    expect(closed(readings({ awaySince: 0, lag: 3 }))).toEqual([]);
  });

  it('opens ten minutes after the start for a source that never was there', () => {
    const away = readings({ caughtUp: false, awaySince: 0 });
    expect(closed(away, at(599_999))).toEqual(['power']);
    expect(closed(away, at(600_000))).toEqual([]);
  });

  it('of a rule that has a say about power targets is the same whatever is the matter with membership', () => {
    const membership = (reading: Partial<Reading>): Reading[] => [
      ...readings({}),
      { source: 'netwatch', ...read },
      { source: 'membership', ...read, ...reading },
    ];
    const shutBy = (reading: Partial<Reading>) => [
      ...closedGates(allRules, membership(reading), at(1000), new Map()).keys(),
    ];
    const ofPeople = ['access', 'admission', 'board', 'ownership', 'team', 'things'];
    expect(shutBy({ caughtUp: false })).toEqual(ofPeople);
    expect(shutBy({ caughtUp: false, awaySince: 0 })).toEqual(ofPeople);
    expect(shutBy({ lag: 3 })).toEqual(ofPeople);
    expect(allRules.filter(hasSay).filter(readsPeople)).toEqual([]);
  });

  it('is the same whatever is the matter with inventory, but for rules that only watch', () => {
    const inventory = [...readings({}), { source: 'inventory', ...read, caughtUp: false } as const];
    const shut = [...closedGates(allRules, inventory, at(1000), new Map()).keys()];
    expect(shut).toEqual(['policy-text', 'things', 'wiki']);
    const ofInventory = allRules.filter((each) => readsItems(each) || readsPages(each));
    expect(ofInventory.filter(hasSay)).toEqual([]);
  });

  it('waits for the UPSes of a power cut to be heard of', () => {
    expect(closed(readings({}), at(1000, 2000))).toEqual(['power']);
  });

  it('says when time alone opens it', () => {
    const until = (each: Reading[], when = at(1000)) =>
      closedGates(rules, each, when, new Map()).get('power')?.until;
    expect(until(readings({ caughtUp: false, awaySince: 5 }))).toBe(600_005);
    expect(until(readings({}), at(1000, 2000))).toBe(2000);
    expect(until(readings({ lag: 1 }))).toBeUndefined();
  });

  it('remembers since when it is closed', () => {
    const before = new Map([['power', { why: 'before', since: 5 }]]);
    expect(closedGates(rules, readings({ lag: 1 }), at(1000), before).get('power')).toMatchObject({
      since: 5,
    });
  });
});
