import type { GroupName, RegisterState } from '@huismeester/contracts';
import { expect, test } from 'vitest';
import { type Edit, groupEdits } from './groups.ts';

type Row = [
  state: RegisterState,
  groups: GroupName[],
  awaited: string[],
  hasTrialGroup: boolean,
  edits: string[],
];
const editOf = (text: string): Edit => {
  const [change = '', group = ''] = text.split(' ');
  return { change, group } as Edit;
};

test.each<Row>([
  ['full', ['participants'], [], true, ['add team']],
  ['full', ['participants', 'trial'], [], true, ['add team', 'delete trial']],
  ['full', ['team'], [], false, []],
  ['trial', [], [], true, ['add trial']],
  ['trial', ['team'], [], true, ['delete team', 'add trial']],
  ['trial', [], [], false, ['add team']],
  ['suspended', ['team', 'board'], [], true, ['delete team']],
  ['former', ['trial', 'participants'], [], true, ['delete trial']],
  // What is awaited and means the same stands; what means the opposite may be written already, and is replaced.
  ['full', [], ['add team'], true, []],
  ['suspended', [], ['add team'], true, ['delete team']],
  ['full', ['team'], ['delete team'], true, ['add team']],
  ['former', ['team'], ['delete team', 'add trial'], true, ['delete trial']],
])(
  '%s, in %j, awaited %j, with a group for trials %s: %j',
  (state, groups, awaited, hasTrialGroup, edits) => {
    const found = groupEdits(state, { groups, awaited: awaited.map(editOf), hasTrialGroup });
    expect(found.map(({ change, group }) => `${change} ${group}`)).toEqual(edits);
  },
);
