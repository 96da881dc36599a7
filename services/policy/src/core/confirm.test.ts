import { describe, expect, it } from 'vitest';
import { fullBattery, minute, Space, second } from '../../test/space.ts';
import { awaitsWord, withDoubts } from './confirm.ts';

const house = (): Space =>
  new Space([
    ['101', 'core'],
    ['120', 'participant'],
  ]);

/** The process ended after what was told, and begins again after so long. */
function restartedAfter(space: Space, ms: number): { space: Space; startedAt: number } {
  space.decided();
  space.now += ms;
  const startedAt = space.now;
  space.model = withDoubts(space.model, startedAt);
  return { space: space.look(), startedAt };
}

describe('a process that begins in what was a power cut', () => {
  it('waits for word of each UPS on which something hangs', () => {
    const space = house().ups('ups.on-mains', { charge_pct: 100 });
    const awaits = (startedAt: number) => awaitsWord(space.model, startedAt);
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

  it('lets nobody go, and takes back what was asked, on the word of hours ago', () => {
    const cut = house()
      .ups('ups.on-battery', fullBattery)
      .after(3 * minute);
    expect(cut.decided()).toEqual(['120 stopped']);
    const { space, startedAt } = restartedAfter(cut, 180 * minute);
    expect(space.decided()).toEqual(['120 hands-off']);
    expect(space.model.outages.get('rack')).toMatchObject({
      stage: 'recovering',
      reasons: [{ code: 'unconfirmed', ups: 'rack' }],
    });
    // Nobody sees it: that tells nothing of the mains.
    space.ups('ups.lost', {});
    space.model = withDoubts(space.model, startedAt);
    expect(space.after(60 * minute).decided()).toEqual([]);
  });

  it('decides anew once the UPS is seen, on battery or on mains', () => {
    for (const [type, then] of [
      ['ups.battery-reading', ['120 stopped']],
      ['ups.on-mains', []],
    ] as const) {
      const { space } = restartedAfter(house().ups('ups.on-battery', fullBattery), 180 * minute);
      expect(space.ups(type, fullBattery).model.feeds.get('rack')?.doubted).toBe(undefined);
      expect(space.after(second).decided()).toEqual(then);
    }
  });

  it('goes on counting from what was told minutes ago', () => {
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
