import { expect, it } from 'vitest';
import { driftOf, type Sides } from './drift.ts';

const sides: Sides = {
  vm: '104',
  class: 'participant',
  owner: 'a',
  ours: { name: 'wiki', cores: 2, memoryMib: 2048, diskGib: 20, class: 'participant', onboot: false },
  theirs: {
    name: 'wiki',
    cores: 2,
    memoryMib: 2048,
    diskGib: 20,
    class: 'participant',
    pool: 'deelnemers',
    onboot: false,
  },
};

it('is none where both sides say the same, or one does not know', () => {
  expect(driftOf(sides)).toEqual([]);
  expect(driftOf({ ...sides, ours: {} })).toEqual([]);
});

it('has both sides, and who acts', () => {
  const theirs = {
    ...sides.theirs,
    name: 'wiki2',
    cores: 4,
    memoryMib: 1024,
    class: 'core',
    pool: 'core',
    onboot: true,
  } as const;
  const found = driftOf({ ...sides, theirs });
  expect(found.map(({ what, ours, theirs, acts }) => [what, ours, theirs, acts])).toEqual([
    ['name', 'wiki', 'wiki2', 'owner'],
    ['cores', '2 cores', '4 cores', 'owner'],
    ['memory', '2048 MiB', '1024 MiB', 'owner'],
    ['pool', 'participant', 'core, by its pool core', 'infrateam'],
    ['onboot', 'does not start with its node', 'starts with its node', 'infrateam'],
  ]);
});

it('is a participants’ VM without an owner', () => {
  expect(driftOf({ ...sides, owner: undefined })).toMatchObject([{ what: 'owner', acts: 'infrateam' }]);
  expect(driftOf({ ...sides, class: 'core', owner: undefined })).toEqual([]);
});
