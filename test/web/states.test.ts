import { skipWithout } from '@huismeester/testkit';
import { afterAll, describe, expect, it } from 'vitest';
import { away, forbidden } from './harness/faults.ts';
import {
  answered,
  askAgain,
  createSubjects,
  fetching,
  lacksOfNotes,
  mistakesOf,
  openWith,
  refusalsOf,
} from './harness/states.ts';

/* A page in the states that what it fetches can be in; `states.long.ts` has every page. */

describe.skipIf(skipWithout('chromium'))('the page of access to core', () => {
  const subjects = createSubjects();
  afterAll(() => subjects.close());
  const [access] = fetching.filter(({ slug }) => slug === 'team-access');
  if (access === undefined) throw new Error('there is no such page');

  it('says that it is being fetched, what could not be, and has it when it is asked for again', async () => {
    const subject = await subjects.of(access);
    const { page, faults } = subject;
    await openWith(subject, 'held');
    await page.locator('main [aria-busy=true] .bone').first().waitFor();
    faults.set(() => away);
    await answered(subject);
    expect(await lacksOfNotes(page)).toEqual([]);
    expect(await mistakesOf(page)).toEqual([]);
    faults.set(() => undefined);
    await askAgain(page);
    await page.getByRole('heading', { name: 'van volledige leden' }).waitFor();
  });

  it('says for whom it is, and what there would be', async () => {
    const subject = await subjects.of(access);
    await openWith(subject, forbidden);
    expect(await refusalsOf(subject.page)).toEqual({ count: 3, silent: [] });
    await openWith(subject, 'empty');
    expect(await subject.page.locator('main .empty').count()).toBe(2);
  });
});
