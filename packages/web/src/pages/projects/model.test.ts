import type { Project } from '@huismeester/contracts';
import { expect, it } from 'vitest';
import { changesOf, inOrder, runs, typedOf } from './model.ts';

const project = (over: Partial<Project>): Project => ({
  id: 'p-1',
  title: 'Printer queue',
  class: 'participant',
  class_since: '2026-12-02T18:00:00.000Z',
  state: 'active',
  people: [],
  managers: [],
  hardware: [],
  vms: [],
  ...over,
});

it.each<[string, Parameters<typeof runs>[1], boolean]>([
  ['its owner', { person: 'ann', isTeam: false }, true],
  ['a manager', { person: 'bob', isTeam: false }, true],
  ['who only takes part', { person: 'cas', isTeam: false }, false],
  ['the team', { person: 'dee', isTeam: true }, true],
  // Of a project without an owner nobody is that.
  ['nobody', { person: undefined, isTeam: false }, false],
])('%s runs it: %o %s', (_, looker, expected) => {
  const { owner, managers } = project({ owner: 'ann', managers: ['bob'], people: ['cas'] });
  expect(runs({ managers, ...(owner !== undefined && { owner }) }, looker)).toBe(expected);
});

it('puts one’s own first, and those that are over last', () => {
  const all = [
    project({ id: 'over', title: 'A', state: 'retired' }),
    project({ id: 'b', title: 'B' }),
    project({ id: 'mine', title: 'Z', people: ['ann'] }),
  ];
  expect(inOrder(all, 'ann').map(({ id }) => id)).toEqual(['mine', 'b', 'over']);
});

it('sends what was changed and nothing else', () => {
  const before = typedOf(project({ purpose: 'queue', hardware: ['Pi'] }));
  expect(changesOf(before, before)).toEqual({});
  expect(changesOf(before, { ...before, purpose: ' queue ', hardware: 'Pi\n\n screen ' })).toEqual({
    hardware: ['Pi', 'screen'],
  });
  // Emptied is a change, too.
  expect(changesOf(before, { ...before, purpose: '' })).toEqual({ purpose: '' });
});
