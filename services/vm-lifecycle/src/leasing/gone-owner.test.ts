import type { ContactAnswer } from '@huismeester/contracts';
import { Unanswered } from '@huismeester/service';
import { expect, test } from 'vitest';
import { goneOwner } from './gone-owner.ts';

const person = '5f0c1d2e-7a3b-4c4d-9e5f-0a1b2c3d4e5f';
const known = { state: 'known' as const, mail: [], language: 'nl' as const };
const whoSays = (answer: ContactAnswer | Error) => ({
  ask: async () => {
    if (answer instanceof Error) throw answer;
    return answer as never;
  },
});

test('who has left or is disabled renews nothing; while that is not known nothing follows', async () => {
  const refused = { code: 'owner-gone', clause: 'PART-3' };
  expect(await goneOwner(whoSays({ state: 'gone' }), person)).toMatchObject(refused);
  expect(await goneOwner(whoSays({ ...known, enabled: false }), person)).toMatchObject(refused);
  expect(await goneOwner(whoSays({ ...known, enabled: true }), person)).toBeUndefined();
  expect(await goneOwner(whoSays({ state: 'unknown' }), person)).toBeUndefined();
  expect(await goneOwner(whoSays(new Unanswered('membership is away')), person)).toBeUndefined();
  await expect(goneOwner(whoSays(new Error('a fault')), person)).rejects.toThrow('a fault');
});
