import { describe, expect, it } from 'vitest';
import { notBack, type Return } from './mains.ts';

const seen = { contact: 'ok', mains: 'on-mains', load_pct: 33 };
const over: Return = { off: [], upses: [{ id: 'u1', ...seen }], outages: 0, shed: 0, unread: 0 };

describe('the return of mains', () => {
  it('is over when all guests run, each UPS was seen since, and policy knows of no cut', () => {
    expect(notBack(over, 33)).toEqual([]);
  });

  it.each<[string, Partial<Return>, string]>([
    ['a guest is off', { off: [1022] }, 'guests that are off: 1022'],
    [
      'guests run that a person started, and a UPS was not looked at since',
      { upses: [{ id: 'u3', ...seen, load_pct: 20 }] },
      'UPSes not seen on mains: u3',
    ],
    [
      'guests run that a person started, and a UPS is known on battery',
      { upses: [{ id: 'u3', ...seen, mains: 'on-battery' }] },
      'UPSes not seen on mains: u3',
    ],
    ['contact is lost', { upses: [{ id: 'u3', ...seen, contact: 'lost' }] }, 'UPSes not seen on mains: u3'],
    ['policy still sees a cut', { outages: 1 }, 'power cuts that policy sees: 1'],
    ['a guest is not let go of', { shed: 1 }, 'guests that policy has not let go of: 1'],
    ['policy has not read all', { unread: 2 }, 'events of ups-monitor that policy has not read: 2'],
  ])('is not over while %s', (_, change, because) => {
    expect(notBack({ ...over, ...change }, 33)).toEqual([because]);
  });
});
