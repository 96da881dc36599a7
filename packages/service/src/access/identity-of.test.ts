import { describe, expect, test } from 'vitest';
import { identityOf } from './identity-of.ts';
import type { Found } from './look-up.ts';

const now = new Date('2026-12-01T12:00:00Z');
const after = (hours: number, minutes = 0) => new Date(now.getTime() + (hours * 60 + minutes) * 60_000);
const id = '5f0c1d2e-7a3b-4c4d-9e5f-0a1b2c3d4e5f';
const person = { id, uidHash: 'aa', roles: ['participant', 'infrateam'], grants: [] };

function session(expires: Date, readAt: Date | null = now): Found {
  return {
    kind: 'session',
    row: { id: 'one', hash: 'bb', person: id, created: now, expires },
    person,
    readAt,
  };
}

function token(
  role: string,
  more: Partial<Pick<Found, 'person' | 'readAt'>> & { expires?: Date } = {},
): Found {
  const { person: whose = null, readAt = null, expires = null } = more;
  const times = { created: now, createdBy: 'root', expires, lastUsed: null };
  const row = { id: 'two', name: 'lamp', role, hash: 'bb', person: whose?.id ?? null, ...times };
  return { kind: 'token', row, person: whose, readAt };
}

test('a session is its person, with all roles of that person', () => {
  expect(identityOf(session(after(12)), now)).toEqual({
    roles: ['participant', 'infrateam'],
    name: `person:${id}`,
    person: id,
    session: 'one',
  });
});

test.each([
  ['ends', after(0), undefined],
  ['is there to its last moment', after(0, 1), id],
  ['may be of a clock that is 5 minutes ahead', after(12, 5), id],
  ['is not believed when the clock was set back', after(12, 6), undefined],
])('a session %s', (_, expires, whose) => {
  expect(identityOf(session(expires), now)?.person).toBe(whose);
});

describe('roles', () => {
  test.each([
    ['hold for 12 h from the last complete read', after(-12), 2],
    ['do not after that', after(-12, -1), 0],
    ['hold with a clock that is 5 minutes ahead', after(0, 5), 2],
    ['do not when the clock was set back', after(0, 6), 0],
    ['do not without a read', null, 0],
  ])('%s', (_, readAt, roles) => {
    const found = identityOf(session(after(1), readAt), now);
    expect(found?.roles).toHaveLength(roles);
    expect(found?.directory).toEqual(roles === 0 ? { lastRead: readAt ?? undefined } : undefined);
    const own = identityOf(token('infrateam', { person, readAt }), now);
    expect([own?.roles.length, own?.directory]).toEqual([roles / 2, found?.directory]);
  });

  test('that this version does not know are none', () => {
    const found = { ...session(after(1)), person: { ...person, roles: ['gardener', 'board'] } };
    expect(identityOf(found, now)?.roles).toEqual(['board']);
  });
});

test('a token of nobody has its role, whatever the directory says', () => {
  expect(identityOf(token('board'), now)).toEqual({ roles: ['board'], name: 'lamp' });
  expect(identityOf(token('board', { expires: after(0) }), now)).toBeUndefined();
});

test('a token of a person has its role when the person has it', () => {
  expect(identityOf(token('infrateam', { person, readAt: now }), now)).toEqual({
    roles: ['infrateam'],
    name: `person:${id}`,
    person: id,
  });
  expect(identityOf(token('board', { person, readAt: now }), now)?.roles).toEqual([]);
});

test('what was granted to a trial member is theirs while they are on trial, and until it ends', () => {
  const grants = [
    { on: 'class/participant', until: after(1).toISOString() },
    { on: 'vm/104', until: after(0).toISOString() },
  ];
  const granted = (roles: string[]) => ({ ...session(after(2)), person: { ...person, roles, grants } });
  expect(identityOf(granted(['participant', 'trial']), now)?.grants).toEqual([grants[0]]);
  expect(identityOf(granted(['participant', 'infrateam']), now)).not.toHaveProperty('grants');
  expect(identityOf(granted(['trial']), after(1))).not.toHaveProperty('grants');
  const own = { ...person, roles: ['participant', 'trial'], grants };
  expect(identityOf(token('trial', { person: own, readAt: now }), now)?.grants).toEqual([grants[0]]);
  // A token of theirs that is worth less acts on nothing that was granted.
  expect(identityOf(token('participant', { person: own, readAt: now }), now)).not.toHaveProperty('grants');
});
