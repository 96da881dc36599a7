import { describe, expect, it } from 'vitest';
import { place, release } from './hold.ts';

const hour = 3_600_000;
const asked = { id: 'h1', target: 'vm/104', forMs: 4 * hour, because: 'a new disk' } as const;
const known = { known: true, upToDate: true };
const now = new Date('2026-11-22T12:00:00Z');

describe('a hold', () => {
  it('is placed until its length from now', () => {
    expect(place(asked, known, now)).toMatchObject([
      {
        type: 'hold.placed',
        subject: 'hold/h1',
        data: { hold: 'h1', target: 'vm/104', until: '2026-11-22T16:00:00.000Z' },
      },
    ]);
  });

  it('of nothing, or of more than 24 h, is refused with SPACE-3', () => {
    for (const forMs of [0, -1, 24 * hour + 1]) {
      expect(place({ ...asked, forMs }, known, now)).toMatchObject({
        code: 'too-long',
        clause: 'SPACE-3',
      });
    }
    expect(place({ ...asked, forMs: 24 * hour }, known, now)).toHaveLength(1);
  });

  it('on what nobody knows is refused', () => {
    expect(place(asked, { known: false, upToDate: true }, now)).toMatchObject({ code: 'not-found' });
  });

  it('on what may be in a log that was not read yet is refused for now, and nothing else is', () => {
    expect(place(asked, { known: false, upToDate: false }, now)).toMatchObject({ code: 'not-read-yet' });
    expect(place(asked, { known: true, upToDate: false }, now)).toHaveLength(1);
  });

  it('is released by its own id', () => {
    const state = { target: 'vm/104', since: now, until: now, because: 'a', by: 'b' };
    expect(release('h1', state)).toMatchObject([
      { subject: 'hold/h1', data: { hold: 'h1', how: 'released' } },
    ]);
  });
});
