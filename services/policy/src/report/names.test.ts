import type { ContactAnswer, ReportData } from '@huismeester/contracts';
import { type AskService, Unanswered } from '@huismeester/service';
import { expect, test } from 'vitest';
import { atOnce } from '../../test/at-once.ts';
import { makeReport } from './core/make.ts';
import { namesOfPeople } from './names.ts';

const ids = Array.from(
  { length: 25 },
  (_, n) => `5f0c1d2e-7a3b-4c4d-9e5f-0000000000${String(n).padStart(2, '0')}`,
);
const [ann = '', bob = '', cas = ''] = ids;
const empty = atOnce(makeReport([], { from: 0, to: 1 }, { zone: 'UTC' }));
const team = ids.map((person) => ({ person, state: 'full', board: false }) as const);
const data: ReportData = { ...empty, state: { ...empty.state, team } };

test('a name is that of now; who is gone, and who cannot be asked for, is said so', async () => {
  const answers: Record<string, ContactAnswer> = {
    [ann]: { state: 'known', name: 'Ann', enabled: true, mail: [], language: 'nl' },
    [bob]: { state: 'gone' },
    [cas]: { state: 'unknown' },
  };
  const ask = (async (_: string, __: string, { person }: { person: string }) =>
    answers[person] ?? { state: 'gone' }) as unknown as AskService;
  const named = await namesOfPeople(ask, data);
  expect([ann, bob, cas].map(named.of)).toEqual([
    'Ann',
    'iemand die geen deelnemer meer is',
    'iemand (naam nu niet bekend)',
  ]);
  expect(named.areAll).toBe(false);
  answers[cas] = { state: 'gone' };
  expect((await namesOfPeople(ask, data)).areAll).toBe(true);
});

test('while nobody answers, no more than a few are asked for', async () => {
  let asked = 0;
  const ask = (async () => {
    asked += 1;
    throw new Unanswered('membership cannot be asked');
  }) as unknown as AskService;
  const named = await namesOfPeople(ask, data);
  expect(named.of(ann)).toBe('iemand (naam nu niet bekend)');
  expect(named.areAll).toBe(false);
  expect(asked).toBe(10);
});
