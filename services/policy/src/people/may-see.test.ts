import { expect, test } from 'vitest';
import { type Asker, maySee } from './may-see.ts';

const one = '5f0c1d2e-7a3b-4c4d-9e5f-0a1b2c3d4e5f';
const other = '6f0c1d2e-7a3b-4c4d-9e5f-0a1b2c3d4e5f';
const everybody: readonly Asker['roles'][] = [
  ['administrator'],
  ['service'],
  ['infrateam'],
  ['trial'],
  ['board'],
  ['participant'],
  [],
];
const namesOf = (subject: string, person?: string, cause?: string) =>
  everybody.flatMap((roles) =>
    maySee({ roles, ...(person !== undefined && { person }) }, subject, cause)
      ? [roles.join() || 'none']
      : [],
  );
const readers = ['administrator', 'service', 'infrateam', 'trial', 'board'];
const all = [...readers, 'participant', 'none'];

test.each([
  ['what is about somebody', `person/${one}`, undefined, readers],
  ['the place of somebody in the register', `member/${one}`, undefined, readers],
  ['what is about oneself', `person/${one}`, one, all],
  ['what is about another', `person/${one}`, other, readers],
  ['what is about nobody whose id it is', 'person/', undefined, readers],
  ['a person is no prefix of another', `person/${one}`, one.slice(0, -1), readers],
  ['what is about the directory', 'directory/main', undefined, all],
  ['what is about a VM', 'vm/104', undefined, all],
  ['what is about a node', 'node/pve-pve1', undefined, all],
  ['what is about core', 'core/website', other, all],
])('%s', (_, subject, person, may) => {
  expect(namesOf(subject, person)).toEqual(may);
});

const account = 'account/pve-3f2a9c01d4e5';

test.each([
  ['the account of somebody', account, other, `person/${one}`, readers],
  ['one’s own account', account, one, `person/${one}`, all],
  ['an account of nobody', account, one, 'nobody', readers],
  ['somebody’s application', 'application/1', other, `waits-for-board person/${one}`, readers],
  ['one’s own application', 'application/1', one, `waits-for-board person/${one}`, all],
  ['an application of which nothing more is said', 'application/1', one, undefined, readers],
  ['of another’s uid its cause says no more', `person/${other}`, one, `person/${one}`, readers],
])('%s', (_, subject, person, cause, may) => {
  expect(namesOf(subject, person, cause)).toEqual(may);
});

test('a participant who is on the board or in the team has the rights of both', () => {
  expect(maySee({ roles: ['participant', 'board'], person: other }, `person/${one}`)).toBe(true);
});
