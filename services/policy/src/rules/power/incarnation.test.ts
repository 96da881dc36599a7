import { expect, it } from 'vitest';
import { fullBattery, hour, minute, PowerSpace } from '../../../test/power-space.ts';

/* A guest is known by its incarnation, not by its vmid: another one under it inherits neither a restore nor a hold. */

const found = (incarnation: string, running: boolean) =>
  ({ class: 'participant', running, incarnation }) as const;

/** VM 120 was shed and went off. */
function shed(): PowerSpace {
  const space = new PowerSpace([['110', 'space-wide']]).vm('vm.found', '120', found('uuid-1', true));
  space.ups('ups.on-battery', fullBattery).ups('ups.battery-low', { charge_pct: 15 });
  expect(space.decided()).toContain('120 stopped');
  space.stops('120', '110').decided();
  return space;
}
const mainsBack = (space: PowerSpace) =>
  space
    .ups('ups.on-mains', { charge_pct: 90 })
    .after(5 * minute)
    .starts('110')
    .after(10 * minute)
    .decided();

it('is started after a power cut when the same incarnation vanished from the listing and came back', () => {
  const space = shed().after(minute).vm('vm.found', '120', found('uuid-1', false));
  expect(mainsBack(space)).toContain('120 running');
});

it('is not started when another one stands under its vmid by then', () => {
  const space = shed().after(minute).vm('vm.found', '120', found('uuid-2', false));
  const decided = mainsBack(space);
  expect(decided).toContain('110 running');
  expect(decided).not.toContain('120 running');
});

it('is left alone by a hold, and another one under its vmid is not', () => {
  const space = new PowerSpace([]).vm('vm.found', '120', found('uuid-1', true)).hold('120', hour);
  const held = space.facts.hold.get('120');
  if (held) space.facts = { ...space.facts, hold: new Map([['120', { ...held, incarnation: 'uuid-1' }]]) };
  expect(space.look().of('120')).toMatchObject({ state: 'hands-off', rule: 'hold' });
  // Gone from the listing and back: still held.
  space.vm('vm.found', '120', found('uuid-1', true));
  expect(space.of('120')).toMatchObject({ rule: 'hold' });
  space.vm('vm.found', '120', found('uuid-2', true)).decided();
  space.ups('ups.on-battery', fullBattery).ups('ups.battery-low', {});
  expect(space.decided()).toContain('120 stopped');
});
