import { describe, expect, it } from 'vitest';
import { fullBattery, minute, PowerSpace, second } from '../../../test/power-space.ts';
import { awaitsConfirmation, withDoubts } from '../../facts/doubt.ts';

const house = (): PowerSpace =>
  new PowerSpace([
    ['101', 'core'],
    ['120', 'participant'],
  ]);

/** The process ended after what was reported, and begins again after so long. */
function restartedAfter(space: PowerSpace, ms: number): { space: PowerSpace; startedAt: number } {
  space.decided();
  space.now += ms;
  space.startedAt = space.now;
  return { space: space.look(), startedAt: space.now };
}

describe('a process that begins in what was a power cut', () => {
  it('waits to hear of each UPS on which something depends', () => {
    const space = house().ups('ups.on-mains', { charge_pct: 100 });
    const awaits = (startedAt: number) =>
      awaitsConfirmation(space.facts.ups, new Set(space.outage() ? ['rack'] : []), startedAt);
    expect(awaits(minute)).toBe(false);
    space.ups('ups.on-battery', fullBattery);
    // As old as what a running process may go by.
    expect([awaits(15 * second), awaits(15 * second + 1)]).toEqual([false, true]);
    space.now = second;
    space.ups('ups.lost', {});
    expect([awaits(16 * second), awaits(16 * second + 1)]).toEqual([false, true]);
    // Mains are back, and not trusted yet.
    space.ups('ups.on-mains', { charge_pct: 20 });
    expect(awaits(minute)).toBe(true);
  });

  it('lets nobody go, and takes back what was asked, on a report of hours ago', () => {
    const cut = house()
      .ups('ups.on-battery', fullBattery)
      .after(3 * minute);
    expect(cut.decided()).toEqual(['120 stopped']);
    const { space } = restartedAfter(cut, 180 * minute);
    expect(space.decided()).toEqual(['120 hands-off']);
    expect(space.outage()).toMatchObject({
      stage: 'recovering',
      reasons: [{ code: 'unconfirmed', ups: 'rack' }],
    });
    // Nobody sees it: that tells nothing of the mains.
    space.ups('ups.lost', {});
    expect(space.after(60 * minute).decided()).toEqual([]);
  });

  it('decides anew once the UPS is seen, on battery or on mains', () => {
    for (const [type, then] of [
      ['ups.battery-reading', ['120 stopped']],
      ['ups.on-mains', []],
    ] as const) {
      const { space } = restartedAfter(house().ups('ups.on-battery', fullBattery), 180 * minute);
      expect(withDoubts(space.facts.ups, space.startedAt).get('rack')?.doubted).toBe(true);
      space.ups(type, fullBattery);
      expect(withDoubts(space.facts.ups, space.startedAt).get('rack')?.doubted).toBe(undefined);
      expect(space.after(second).decided()).toEqual(then);
    }
  });

  it('goes on counting from what was reported minutes ago', () => {
    const lost = house().ups('ups.on-battery', { charge_pct: 90, runtime_s: 600 }).ups('ups.lost', {});
    const { space } = restartedAfter(lost, 4 * minute);
    expect(space.decided()).toEqual(['120 stopped']);
    expect(space.after(minute + second).decided()).toEqual(['101 stopped']);
  });

  it('believes that mains are back where the battery must be empty, and it runs yet', () => {
    const lost = house().ups('ups.on-battery', { charge_pct: 30, runtime_s: 360 }).ups('ups.lost', {});
    expect(restartedAfter(lost, 7 * minute).space.decided()).toEqual([]);
  });
});
