import { expect, it } from 'vitest';
import { defaults, fullBattery, minute, PowerSpace } from '../../../test/power-space.ts';

const cut = () =>
  new PowerSpace([['120', 'participant']])
    .ups('ups.on-battery', fullBattery)
    .after(3 * minute)
    .stops('120');

it.each([
  ['one of several UPSes', ['attic']],
  ['the only UPS', []],
])('the power cut of %s that left the settings is over, and what it took is restored', (_, ups) => {
  const space = cut();
  expect(space.outage()).toMatchObject({ stage: 'participant' });
  space.settings = { ...defaults, ups, nodes: new Map() };
  space.look();
  expect(space.last?.events).toMatchObject([
    { type: 'outage.ended', subject: 'outage/rack', data: { ups: 'rack', lasted_s: 180 } },
  ]);
  expect(space.outage()).toBeUndefined();
  expect(space.after(minute).last?.events).toEqual([]);
  expect(space.decided()).toEqual(['120 stopped', '120 running']);
  space.starts('120').after(minute);
  expect([...(space.memories.rules.get('power') ?? [])]).toEqual([]);
});

it('a rule that settings left out, and that fails at what it still remembers, is silent', () => {
  const space = cut();
  space.settings = { ...defaults, ups: [] };
  space.rules = space.rules.map((rule) => ({
    ...rule,
    decide: () => {
      throw new Error('a bug');
    },
  }));
  expect([...(space.look().last?.silent.keys() ?? [])]).toContain('power');
});
