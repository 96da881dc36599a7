import { expect, it } from 'vitest';
import { fullBattery, minute, PowerSpace, second } from '../../../test/power-space.ts';

const house = (): PowerSpace =>
  new PowerSpace([
    ['101', 'core'],
    ['110', 'space-wide'],
    ['120', 'participant'],
  ]);

it('is decided about, with who said why in the reason, and a power cut passes it by', () => {
  const space = house().hold('110', 60 * minute);
  expect(space.decided()).toEqual(['110 hands-off']);
  expect(space.of('110')).toMatchObject({ rule: 'hold', clause: 'SPACE-3' });
  expect(space.why(space.of('110'))).toContain('new disk');
  space.ups('ups.on-battery', fullBattery).ups('ups.battery-low', {});
  expect(space.decided()).toEqual(['120 stopped', '101 stopped']);
});

it('ends by itself, and then the power cut has its say', () => {
  const space = house().hold('110', minute).ups('ups.on-battery', fullBattery).ups('ups.battery-low', {});
  space.decided();
  expect(space.after(minute - second).decided()).toEqual([]);
  expect(space.after(second).decided()).toEqual(['110 stopped']);
  expect(space.facts.hold.size).toBe(0);
});

it('takes back a shutdown that was asked for, and keeps in mind that the guest is to come back', () => {
  const space = house().ups('ups.on-battery', fullBattery).ups('ups.battery-low', { charge_pct: 15 });
  space.stops('120', '101').hold('110', 60 * minute);
  expect(space.decided()).toContain('110 hands-off');
  // It was going down already.
  space
    .stops('110')
    .ups('ups.on-mains', { charge_pct: 90 })
    .after(5 * minute)
    .starts('101');
  expect(space.decided()).toEqual(['101 running', '120 running', '101 hands-off']);
  space.release('110');
  expect(space.decided()).toEqual(['110 running']);
});

it('leaves nothing behind when nothing happened meanwhile', () => {
  const space = house().hold('110', minute).release('110');
  expect(space.decided()).toEqual(['110 hands-off', '110 hands-off']);
  expect(space.of('110')).toMatchObject({ rule: 'none' });
  expect(space.why(space.of('110'))).toBe('the hold is over');
});
