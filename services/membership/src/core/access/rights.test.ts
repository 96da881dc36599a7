import { describe, expect, test } from 'vitest';
import { adminOf, type CoreOf, isKept } from './admin.ts';
import { isTokenAsleep, isUserAsleep } from './asleep.ts';
import { compare, type KeptAccount } from './changes.ts';
import { civilDay, yearAfter } from './civil-day.ts';
import { commandsFor, type Entry, entriesOf, shown } from './evidence.ts';
import { rightsOf } from './rights.ts';
import { partsOf, whose } from './whose.ts';

const core: CoreOf = { pool: 'core', isCoreVm: (vmid) => vmid === 100 };

test.each([
  ['VM.Audit', false],
  ['Sys.Audit', false],
  ['SDN.Use', false],
  ['Mapping.Use', false],
  ['Datastore.AllocateSpace', false],
  ['Datastore.AllocateTemplate', true],
  ['Datastore.Allocate', true],
  ['VM.GuestAgent.Audit', false],
  ['VM.Console', true],
  ['VM.PowerMgmt', true],
  ['Permissions.Modify', true],
])('%s is admin: %s (CORE-4)', (privilege, is) => {
  expect(adminOf([privilege])).toEqual(is ? [privilege] : []);
});

test.each([
  ['/', true],
  ['/access', true],
  ['/access/groups/admins', true],
  ['/accessory', false],
  ['/nodes/pve1', true],
  ['/sdn/zones/z/vmbr0', true],
  ['/storage/local', true],
  ['/mapping/pci', true],
  ['/vms', true],
  ['/vms/100', true],
  ['/vms/900', false],
  ['/pool', false],
  ['/pool/core', true],
  ['/pool/core/part', false],
  ['/pool/board', false],
])('%s is kept: %s', (path, is) => {
  expect(isKept(path, core)).toBe(is);
});

const entry = (path: string, more: Partial<Entry> = {}): Entry => ({
  path,
  type: 'user',
  holder: 'joe@pve',
  role: 'Role',
  propagate: true,
  ...more,
});

const roles = new Map([
  ['Role', ['VM.Allocate', 'Sys.Modify', 'Datastore.Allocate', 'VM.Audit']],
  ['Auditor', ['VM.Audit', 'Datastore.Audit']],
]);

describe('rights', () => {
  test('are said once where nothing more is had below, and on a path of its own all the same', () => {
    const all = ['VM.Allocate', 'Sys.Modify'];
    const permissions = new Map([
      ['/', all],
      ['/vms', all],
      ['/vms/100', all],
      ['/nodes', ['Sys.Modify']],
      ['/storage', ['Datastore.Allocate']],
      ['/pool/board', all],
      ['/vms/900', all],
    ]);
    const entries = [
      entry('/'),
      entry('/nodes', { propagate: false }),
      // It gives nothing of what was found.
      entry('/vms', { role: 'Auditor' }),
      entry('/', { type: 'group', holder: 'auditors', role: 'Auditor' }),
    ];
    const rights = rightsOf(permissions, { entries, roles }, core);
    expect(rights).toEqual([
      { on: '/', privileges: ['Sys.Modify', 'VM.Allocate'], by: ['user: Role on /'] },
      { on: '/nodes', privileges: ['Sys.Modify'], by: ['user: Role on /', 'user: Role on /nodes'] },
      { on: '/storage', privileges: ['Datastore.Allocate'], by: ['user: Role on /'] },
    ]);
  });

  test('on a core VM are by its pool too, and not by what does not come down', () => {
    const entries = [
      entry('/pool/core', { propagate: false }),
      entry('/vms', { propagate: false }),
      entry('/pool/board'),
    ];
    const [right] = rightsOf(new Map([['/vms/100', ['VM.Allocate']]]), { entries, roles }, core);
    expect(right?.by).toEqual(['user: Role on /pool/core']);
  });

  test.each([
    ['on the storage', entry('/storage/tank'), ['/storage/tank']],
    ['on all storages', entry('/storage'), ['/storage/tank']],
    ['of a role that was made since', entry('/', { role: 'New' }), ['/storage/tank']],
    ['on its pool', entry('/pool/board'), []],
    ['of a role that administers nothing', entry('/storage', { role: 'Auditor' }), []],
  ])('on a storage are by an entry %s, or come from a pool', (_, given, on) => {
    const permissions = new Map([['/storage/tank', ['Datastore.Allocate', 'Datastore.Audit']]]);
    const found = rightsOf(permissions, { entries: [given], roles }, core);
    expect(found.map((right) => right.on)).toEqual(on);
  });
});

test('entries that name an account are those of itself and its groups, but NoAccess', () => {
  const all = [
    entry('/a'),
    entry('/b', { holder: 'ann@pve' }),
    entry('/c', { type: 'group', holder: 'admins' }),
    entry('/d', { type: 'group', holder: 'others' }),
    entry('/e', { role: 'NoAccess' }),
  ];
  const found = entriesOf({ id: 'joe@pve', names: ['joe@pve'], groups: ['admins'] }, all);
  expect(found.map(shown)).toEqual(['user: Role on /a', 'group admins: Role on /c']);
  const joe = { id: 'joe@pve', user: 'joe@pve' };
  // Others may be in the group by right.
  expect(commandsFor({ ...joe, groups: ['admins', 'guests', 'crew'] }, found)).toEqual([
    'pveum acl delete /a --users joe@pve --roles Role',
    'pveum user modify joe@pve --groups guests,crew',
  ]);
  expect(commandsFor({ ...joe, groups: ['admins'] }, found).at(-1)).toBe(
    "pveum user modify joe@pve --groups ''",
  );
  const ofToken = entry('/', { type: 'token', holder: "jo'e@pve!t" });
  // Its user may have what they have by right.
  expect(commandsFor({ ...joe, id: "jo'e@pve!t", groups: ['admins'] }, [ofToken, ...found])).toEqual([
    String.raw`pveum acl delete / --tokens 'jo'\''e@pve!t' --roles Role`,
    String.raw`pveum user token remove 'jo'\''e@pve' t`,
  ]);
});

const now = new Date('2026-11-22T12:00:00Z');
const past = { expires: new Date('2026-11-22T11:59:59Z') };
const later = { expires: new Date('2026-11-22T12:00:01Z') };

test.each([
  [{ enabled: true }, {}, [false, false]],
  [{ enabled: false }, {}, [true, true]],
  [{ enabled: true, ...past }, later, [true, true]],
  [{ enabled: true, ...later }, past, [false, true]],
])('%j with the token %j is asleep: %j', (user, token, is) => {
  expect([isUserAsleep(user, now), isTokenAsleep(token, user, now)]).toEqual(is);
});

const nobodys = {
  person: undefined,
  builtIn: false,
  isService: false,
  register: undefined,
  grantedCore: false,
};
test.each([
  [{}, 'nobody'],
  [{ builtIn: true, isService: true }, 'built-in'],
  [{ isService: true, person: 'p' }, 'service'],
  [{ person: 'p' }, 'other'],
  [{ person: 'p', register: 'full' as const }, 'member'],
  [{ person: 'p', register: 'trial' as const }, 'other'],
  [{ person: 'p', register: 'trial' as const, grantedCore: true }, 'granted-trial'],
  [{ person: 'p', register: 'suspended' as const, grantedCore: true }, 'other'],
  [{ person: 'p', register: 'former' as const }, 'other'],
])('an account with %j is of: %s', (more, of) => {
  expect(whose({ ...nobodys, ...more })).toBe(of);
});

test('a user, or the user of a token, has a name in a realm', () => {
  expect(partsOf('a@b@ldap!t')).toEqual({ name: 'a@b', realm: 'ldap' });
});

test('a complete read is compared: new, changed, the same, missed once, gone', () => {
  const kept = (id: string, missed = 0): KeptAccount => ({
    id,
    kind: 'user',
    person: null,
    builtIn: null,
    asleep: false,
    rights: [],
    missed,
  });
  const read = [kept('pve-a', 1), { ...kept('pve-b'), asleep: true }, kept('pve-c')];
  const changes = compare([kept('pve-a', 1), kept('pve-b'), kept('pve-d'), kept('pve-e', 1)], read);
  const ids = (all: readonly { id: string }[]) => all.map(({ id }) => id);
  expect([ids(changes.found), ids(changes.same)]).toEqual([['pve-b', 'pve-c'], ['pve-a']]);
  expect([changes.missed, changes.gone]).toEqual([['pve-d'], ['pve-e']]);
});

test('days are those of the space, and a year is one also after a 29th of February', () => {
  expect(civilDay(new Date('2026-11-22T23:30:00Z'), 'Europe/Amsterdam')).toBe('2026-11-23');
  expect([yearAfter('2026-11-22'), yearAfter('2028-02-29')]).toEqual(['2027-11-22', '2029-03-01']);
});
