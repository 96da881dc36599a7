import { describe, expect, it } from 'vitest';
import { defaults, fedBy, fullBattery, hour, minute, PowerSpace, second } from '../../../test/power-space.ts';
import { holdsByTarget } from '../../facts/hold.ts';
import { type Feed, unknownFeed } from '../../facts/ups.ts';
import { indexOf, neededOf } from './budget.ts';
import { effectiveOutages } from './effective-outage.ts';

/** Each of these once survived a change of the code that it holds. */
describe('what no test held', () => {
  it('of two feeds at the same stage the one that lasts longest decides, whatever their order', () => {
    const on = (ups: string, runtimeMs: number): Feed => ({
      ...unknownFeed(ups),
      mains: 'on-battery',
      runtimeMs,
      readAt: 0,
    });
    const verdict = { stage: 'core', reasons: [] } as const;
    const outages = [on('rack', 60_000), on('attic', 120_000)].map((feed) => ({
      feed,
      before: undefined,
      verdict,
    }));
    for (const poweredBy of [
      ['rack', 'attic'],
      ['attic', 'rack'],
    ]) {
      const settings = { ...defaults, nodes: fedBy({ pve1: poweredBy }) };
      expect(effectiveOutages(outages, settings, 0)('pve/pve1').feed.ups).toBe('attic');
    }
  });

  it('the evidence of a decision is the first fact of the spell and the newest', () => {
    const space = new PowerSpace([['120', 'participant']]).ups('ups.on-battery', fullBattery);
    for (let times = 0; times < 3; times += 1) space.after(minute).ups('ups.battery-reading', fullBattery);
    expect(space.of('120')).toMatchObject({ evidence: ['event-2', 'event-4'], correlationid: 'event-2' });
    expect(space.outage()?.correlationid).toBe('event-2');
  });

  it('a request from before a clock rollback keeps a node up for 15 min, not for as long as the clock was set back', () => {
    const space = new PowerSpace([['101', 'core', false]]);
    const ours = { nodeShutdown: 'huismeester', wake: 'wol' } as const;
    space.settings = { ...defaults, nodes: fedBy({ pve1: ['rack'] }, ours) };
    space.now = 10 * hour;
    space.vm('vm.power-requested', '101', { act: 'start' }).node('pve1', true);
    space.ups('ups.on-battery', { charge_pct: 19 }).after(minute);
    space.now -= 3 * hour;
    space.startedAt = space.now;
    // Its charge is reported on, so that neither that nor the time on battery makes the node go before.
    const report = () => space.after(15 * second).ups('ups.battery-reading', { charge_pct: 19 });
    space.decided();
    for (let times = 0; times < 59; times += 1) report();
    expect(space.decided()).not.toContain('pve1 stopped');
    expect(report().decided()).toContain('pve1 stopped');
  });

  it('what Huismeester needs, and what is on hold, is no part of the shutdown budget', () => {
    const space = new PowerSpace([
      ['101', 'core'],
      ['102', 'core'],
    ]).ups('ups.on-battery', fullBattery);
    const settings = { ...defaults, nodes: fedBy({ pve1: ['rack'] }, { parallel: 1 }) };
    const needed = (self: readonly string[] = []) => {
      const { facts, now } = space;
      const index = indexOf(facts, holdsByTarget(facts.hold, now));
      const feed = facts.ups.get('rack') ?? unknownFeed('rack');
      return neededOf(feed, facts.ups, index, { ...settings, self: new Set(self) }).core;
    };
    expect(needed()).toBe(2 * minute);
    expect(needed(['vm/101'])).toBe(minute);
    space.hold('101', hour);
    expect(needed()).toBe(minute);
    expect(needed(['vm/102'])).toBe(0);
  });
});

describe('the restore of a guest ends', () => {
  const shed = (): PowerSpace =>
    new PowerSpace([['120', 'participant']])
      .ups('ups.on-battery', fullBattery)
      .after(3 * minute)
      .stops('120')
      .ups('ups.on-mains', { charge_pct: 90 })
      .after(5 * minute);

  it('24 h after mains was trusted, the time of a hold not counted', () => {
    const space = shed()
      .after(2 * hour)
      .hold('120', 3 * hour)
      .after(3 * hour);
    expect(space.of('120')?.state).toBe('running');
    space.after(22 * hour - 1);
    expect(space.of('120')?.state).toBe('running');
    space.after(1);
    expect(space.of('120')?.state).toBe('hands-off');
    expect(space.why(space.of('120'))).toMatch(/for a day/);
  });

  it('when a person stopped it who had started it before', () => {
    const space = new PowerSpace([['120', 'participant']])
      .ups('ups.on-battery', fullBattery)
      .after(3 * minute);
    space.stops('120').after(minute).starts('120').after(minute);
    space.vm('vm.stopped', '120', { cause: 'person' }).decided();
    space.ups('ups.on-mains', { charge_pct: 90 }).after(5 * minute);
    expect(space.decided()).toEqual(['120 hands-off']);
    expect(space.why(space.of('120'))).toMatch(/somebody stopped it/);
  });
});

it('leaves open what nobody can see: violations of guests of a hypervisor that does not answer', () => {
  const space = new PowerSpace([['101', 'core']]).hypervisor(false);
  expect(space.last?.violations.get('power')?.undecided).toEqual([
    { kind: 'not-restored', subject: 'vm/101' },
    { kind: 'not-shut-down', subject: 'vm/101' },
  ]);
});
