import type { ContactAnswer, NamedAnswer } from '@huismeester/contracts';
import { expect, test } from 'vitest';
import { personNamed as named } from './person-named.ts';
import { Unanswered } from './unanswered.ts';

const personNamed = (directory: Parameters<typeof named>[0], typed: string) =>
  named(directory, typed, 'PART-3');

const person = '5f0c1d2e-7a3b-4c4d-9e5f-0a1b2c3d4e5f';
const contact = { state: 'known' as const, mail: [], language: 'nl' as const, enabled: true };
const whoSays = (answer: ContactAnswer | NamedAnswer | Error) => {
  const asked: unknown[] = [];
  const ask = async (...question: unknown[]) => {
    asked.push(question.slice(1));
    if (answer instanceof Error) throw answer;
    return answer as never;
  };
  return { ask, asked };
};

test('a person is named by login name, and their id is what counts', async () => {
  const directory = whoSays({ state: 'known', person, enabled: true });
  expect(await personNamed(directory, ' Jan ')).toBe(person);
  expect(directory.asked).toEqual([['named', { login: 'Jan' }]]);
});

test('or by id, in whatever case, which is looked for in the directory too', async () => {
  const directory = whoSays(contact);
  expect(await personNamed(directory, person.toUpperCase())).toBe(person);
  expect(directory.asked).toEqual([['contact', { person }]]);
});

test('nobody who could not accept it is named', async () => {
  const nobody = {
    code: 'no-such-person',
    clause: 'PART-3',
    errors: [{ field: 'body.person', found: 'jna' }],
  };
  expect(await personNamed(whoSays({ state: 'nobody' }), 'jna')).toMatchObject(nobody);
  expect(await personNamed(whoSays({ state: 'gone' }), person)).toMatchObject({ code: 'no-such-person' });
  const disabled = { code: 'account-disabled' };
  expect(await personNamed(whoSays({ state: 'known', person, enabled: false }), 'jan')).toMatchObject(
    disabled,
  );
  expect(await personNamed(whoSays({ ...contact, enabled: false }), person)).toMatchObject(disabled);
});

test('while the directory is unknown an id counts as it is, and a name is to be given later', async () => {
  for (const answer of [{ state: 'unknown' } as const, new Unanswered('membership is away')]) {
    expect(await personNamed(whoSays(answer), person)).toBe(person);
    expect(await personNamed(whoSays(answer), 'jan')).toMatchObject({ code: 'people-unknown' });
  }
  await expect(personNamed(whoSays(new Error('a fault')), 'jan')).rejects.toThrow('a fault');
});
