import { expect, it } from 'vitest';
import { personOfUser } from './wiki-user.ts';

const people = ['ann', 'jan_de_wit', 'Éva', 'janP', 'bob', 'Bob'].map((uid) => ({ uid }));

it.each([
  ['Ann', 'ann'],
  ['ann', 'ann'],
  ['Jan de wit', 'jan_de_wit'],
  ['Éva', 'Éva'],
  ['JanP', 'janP'],
  // Another account of MediaWiki, which anybody could make.
  ['ANN', undefined],
  ['Janp', undefined],
  ['Bob', undefined],
  ['Zoe', undefined],
  ['', undefined],
])('%s on the wiki is %s', (user, uid) => {
  expect(personOfUser(user, people)?.uid).toBe(uid);
});
