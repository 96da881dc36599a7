import type { GroupName, RegisterState } from '@huismeester/contracts';
import { expect, test } from 'vitest';
import { differs, isGranted, rolesOf } from './roles.ts';

const source = (groups: GroupName[], register?: RegisterState, enabled = true) => ({
  enabled,
  groups: new Set(groups),
  register,
});

test.each<[GroupName[], RegisterState | undefined, string[], boolean]>([
  [[], undefined, [], false],
  [['participants'], undefined, ['participant'], false],
  [['participants', 'team'], 'full', ['participant', 'infrateam'], false],
  [['participants', 'team'], undefined, ['participant'], true],
  [['participants'], 'full', ['participant'], true],
  [['participants', 'team'], 'suspended', ['participant'], true],
  [['participants', 'team'], 'former', ['participant'], true],
  [['participants'], 'former', ['participant'], false],
  [['participants', 'trial'], 'trial', ['participant', 'trial'], false],
  [['participants', 'team'], 'trial', ['participant', 'trial'], false],
  [['participants', 'trial'], 'full', ['participant'], true],
  [['participants', 'trial'], undefined, ['participant'], true],
  [['participants', 'board'], undefined, ['participant', 'board'], false],
  [['board', 'team'], 'full', ['infrateam', 'board'], false],
])('in %j and %s in the register: %j', (groups, register, roles, different) => {
  expect(rolesOf(source(groups, register))).toEqual(roles);
  expect(differs(source(groups, register))).toBe(different);
});

test('who is disabled is nothing, and a member who is disabled is a difference', () => {
  const disabled = source(['participants', 'team', 'board'], 'full', false);
  expect(rolesOf(disabled)).toEqual([]);
  expect(differs(disabled)).toBe(true);
  expect(differs(source([], undefined, false))).toBe(false);
});

test.each([
  ['a thing', [{ on: 'vm/104' }], { thing: 'vm/104', class: 'participant' }, true],
  ['another thing', [{ on: 'vm/104' }], { thing: 'vm/10', class: 'participant' }, false],
  ['a thing that became core', [{ on: 'vm/104' }], { thing: 'vm/104', class: 'core' }, false],
  ['a thing of core', [{ on: 'vm/104', core: true }], { thing: 'vm/104', class: 'core' }, true],
  ['all core', [{ on: 'class/core', core: true }], { thing: 'vm/104', class: 'core' }, true],
  ['a switch', [{ on: 'switch/sw1', core: true }], { thing: 'switch/sw1' }, true],
  ['a class', [{ on: 'class/participant' }], { thing: 'vm/7', class: 'participant' }, true],
  ['another class', [{ on: 'class/participant' }], { thing: 'vm/7', class: 'core' }, false],
  ['a thing of no class', [{ on: 'class/core', core: true }], { thing: 'switch/sw1' }, false],
  ['nothing', undefined, { thing: 'vm/104', class: 'participant' }, false],
] as const)('what is granted on trial: %s', (_, grants, thing, granted) => {
  expect(isGranted({ roles: ['participant', 'trial'], ...(grants && { grants }) }, thing)).toBe(granted);
  expect(isGranted({ roles: ['participant', 'infrateam'], ...(grants && { grants }) }, thing)).toBe(false);
});
