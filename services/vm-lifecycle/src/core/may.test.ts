import type { Deed } from '@huismeester/contracts';
import { describe, expect, it } from 'vitest';
import { type Asker, allowedDeeds, deeds, mayNot, type Whose } from './may.ts';

const owner = 'a0000000-0000-4000-8000-000000000001';
const manager = 'a0000000-0000-4000-8000-000000000002';
const other = 'a0000000-0000-4000-8000-000000000003';

const askers = {
  owner: { roles: ['participant'], person: owner },
  manager: { roles: ['participant'], person: manager },
  other: { roles: ['participant'], person: other },
  trial: { roles: ['participant', 'trial'], person: other },
  team: { roles: ['participant', 'infrateam'], person: other },
  board: { roles: ['participant', 'board'], person: other },
  administrator: { roles: ['administrator'] },
  'a token of nobody': { roles: ['participant'] },
} as const satisfies Record<string, Asker>;
type Name = keyof typeof askers;

const vms = {
  core: { class: 'core', owner, managers: [manager], retired: false },
  'space-wide': { class: 'space-wide', owner, managers: [manager], retired: false },
  retired: { class: 'space-wide', owner, managers: [manager], retired: true },
  participant: { class: 'participant', owner, managers: [], retired: false },
  unclaimed: { class: 'participant', managers: [], retired: false },
} as const satisfies Record<string, Whose>;
type Vm = keyof typeof vms;

const team = ['team', 'administrator'] as const;
const power = ['start', 'reboot', 'shutdown', 'stop', 'console'] as const;

/** All that is allowed, written by hand: whoever is not named here is refused. */
const allowed: readonly (readonly [Vm, readonly Deed[], readonly Name[]])[] = [
  ['core', ['start', 'reboot', 'shutdown', 'stop', 'console', 'hold'], team],
  ['space-wide', ['start', 'reboot', 'console', 'hold'], ['manager', 'team', 'administrator']],
  ['retired', ['start', 'reboot', 'console', 'hold'], ['manager', 'team', 'administrator']],
  ['retired', ['shutdown', 'stop', 'delete'], team],
  ['participant', [...power, 'resize', 'renew', 'hand-over'], ['owner', 'team', 'administrator']],
  ['participant', ['delete'], ['owner']],
  ['participant', ['hold'], team],
  ['unclaimed', [...power, 'hold', 'adopt'], team],
];

/** The clause by which each VM is refused, where it is another than this the deed is named. */
const clauses: Record<Vm, { readonly [deed in Deed]?: string } & { readonly all: string }> = {
  core: { all: 'CORE-4' },
  'space-wide': { all: 'SPACE-5', shutdown: 'SPACE-3', stop: 'SPACE-3', delete: 'SPACE-3', renew: 'SPACE-3' },
  retired: { all: 'SPACE-5', shutdown: 'SPACE-3', stop: 'SPACE-3', delete: 'SPACE-3', renew: 'SPACE-3' },
  participant: { all: 'PART-3', hold: 'PART-4' },
  unclaimed: { all: 'PART-3' },
};

const cells = (Object.keys(vms) as Vm[]).flatMap((vm) =>
  (Object.keys(askers) as Name[]).flatMap((name) => deeds.map((deed) => ({ vm, name, deed }))),
);
const isAllowed = ({ vm, name, deed }: { vm: Vm; name: Name; deed: Deed }) =>
  allowed.some(([of, which, who]) => of === vm && which.includes(deed) && who.includes(name));

describe('who may what', () => {
  it.each(cells.filter(isAllowed))('$name may $deed a $vm VM', ({ vm, name, deed }) => {
    expect(mayNot(deed, askers[name], { id: '104', ...vms[vm] })).toBeUndefined();
  });

  it.each(cells.filter((cell) => !isAllowed(cell)))('$name may not $deed a $vm VM', ({ vm, name, deed }) => {
    const refused = mayNot(deed, askers[name], { id: '104', ...vms[vm] });
    const clause = clauses[vm][deed] ?? clauses[vm].all;
    // On trial what the team may is refused by JOIN-3, but on core.
    const ofTeam = isAllowed({ vm, name: 'team', deed }) && vm !== 'core';
    expect(refused).toMatchObject({
      refused: true,
      code: 'not-allowed',
      clause: name === 'trial' && ofTeam ? 'JOIN-3' : clause,
      errors: [{ field: 'act', found: deed, allowed: expect.stringMatching(/^you may /) }],
    });
  });

  it('says what they may instead', () => {
    const refused = mayNot('stop', askers.manager, { id: '104', ...vms['space-wide'] });
    expect(refused?.errors).toEqual([
      { field: 'act', found: 'stop', allowed: 'you may start, reboot, console, hold' },
    ]);
    expect(refused?.title).toMatch(/^You may not pull the plug of VM 104: .*hold/);
  });
});

describe('what was granted on trial', () => {
  const trial = (...grants: readonly { on: string; core?: boolean }[]) =>
    ({
      roles: ['participant', 'trial'],
      person: other,
      grants: grants.map((grant) => ({ ...grant, until: '2027-01-01T00:00:00.000Z' })),
    }) as const;
  const may = (asker: Asker, vm: Vm, id = '104') => allowedDeeds(asker, { id, ...vms[vm] });
  const acts = [...power.slice(0, 4), 'resize', 'console', 'hold', 'renew'];

  it.each<[string, Asker, Vm, string, readonly string[]]>([
    ['a VM', trial({ on: 'vm/104' }), 'participant', '104', acts],
    ['all of a class', trial({ on: 'class/participant' }), 'participant', '7', acts],
    ['another VM', trial({ on: 'vm/104' }), 'participant', '105', []],
    ['another class', trial({ on: 'class/participant' }), 'space-wide', '104', []],
    // Whose it is, and that it goes, the team decides.
    [
      'a VM without an owner',
      trial({ on: 'vm/104' }),
      'unclaimed',
      '104',
      [...power.slice(0, 4), 'console', 'hold'],
    ],
    ['a retired one', trial({ on: 'vm/104' }), 'retired', '104', [...power.slice(0, 4), 'console', 'hold']],
    ['one that became core since', trial({ on: 'vm/104' }), 'core', '104', []],
    [
      'core',
      trial({ on: 'class/core', core: true }),
      'core',
      '104',
      [...power.slice(0, 4), 'console', 'hold'],
    ],
  ])('%s', (_, asker, vm, id, expected) => {
    expect(may(asker, vm, id)).toEqual(expected);
  });

  it('is nothing to who is on trial no more', () => {
    const { grants } = trial({ on: 'vm/104' });
    expect(
      may({ roles: ['participant'], person: other, grants: [...grants] } as Asker, 'participant'),
    ).toEqual([]);
    expect(mayNot('reboot', trial({ on: 'vm/104' }), { id: '105', ...vms.participant })?.clause).toBe(
      'JOIN-3',
    );
  });
});
