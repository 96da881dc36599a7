import { describe, expect, it } from 'vitest';
import { place, release } from './hold.ts';

const hour = 3_600_000;
const asked = { id: 'h1', target: 'vm/104', forMs: 4 * hour, because: 'a new disk' } as const;
const known = { known: true, upToDate: true, ids: [] };
const unknown = { ...known, known: false };
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
    expect(place(asked, unknown, now)).toMatchObject({ code: 'not-found' });
  });

  it('on what may be in a log that was not read yet is refused for now, and nothing else is', () => {
    expect(place(asked, { ...unknown, upToDate: false }, now)).toMatchObject({ code: 'not-read-yet' });
    expect(place(asked, { ...known, upToDate: false }, now)).toHaveLength(1);
  });

  it.each([
    ['vm/900', [], 'a VM that `GET /vms` lists'],
    ['node/pve-pve', ['pve-pve1'], 'a node: pve-pve1 (did you mean pve-pve1?)'],
    ['probe/wbsite', ['ldap', 'website'], 'a probe: ldap, website (did you mean website?)'],
    ['switch/core', ['sw1', 'sw2'], 'a switch: sw1, sw2'],
    ['switch/core', [], 'a switch; there is none'],
    ['port/sw3/gi1', ['sw1'], 'a port of a switch: sw1 (did you mean sw1?)'],
  ] as const)('on %s, where %j are known, is refused with what is there', (target, ids, allowed) => {
    const refused = place({ ...asked, target }, { ...unknown, ids }, now);
    const errors = [{ field: 'body.target', found: target, allowed }];
    expect(refused).toMatchObject({ code: 'not-found', errors });
    // Only of VMs and nodes: a probe or switch that settings do not name does not exist.
    expect('title' in refused && refused.title.includes('left alone')).toBe(/^(vm|node)/.test(target));
  });

  it('on a hypervisor is refused with its nodes', () => {
    const refused = (ids: string[]) =>
      place({ ...asked, target: 'hypervisor/pve' }, { ...unknown, ids }, now);
    expect(refused(['pve-pve1', 'pve-pve2'])).toMatchObject({
      code: 'hold-its-nodes',
      errors: [{ found: 'hypervisor/pve', allowed: 'node/pve-pve1, node/pve-pve2' }],
    });
    expect(refused([])).toMatchObject({ errors: [{ allowed: expect.stringContaining('GET /nodes') }] });
  });

  it('is released by its own id', () => {
    const state = { target: 'vm/104', since: now, until: now, because: 'a', by: 'b', incarnation: null };
    expect(release('h1', state)).toMatchObject([
      { subject: 'hold/h1', data: { hold: 'h1', how: 'released' } },
    ]);
  });
});
