import { expect, it } from 'vitest';
import { commandLines } from './instructions.ts';

const add = 'In people.yaml, add "jan" to the list groups.trial';
const remove = 'In people.yaml, remove "jan" from the list groups.trial';

it.each([
  [add, 'Zet "jan" in people.yaml bij de lijst groups.trial'],
  [remove, 'Haal "jan" in people.yaml weg uit de lijst groups.trial'],
  ['ldapmodify <<END', 'ldapmodify <<END'],
])('%s is said in Dutch, a command as it is', (text, dutch) => {
  expect(commandLines(`${text}\n`, 'en')).toEqual([text]);
  expect(commandLines(text, 'nl')).toEqual([dutch]);
});
