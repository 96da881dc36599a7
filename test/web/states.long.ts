import { skipWithout, waitFor } from '@huismeester/testkit';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { away, forbidden } from './harness/faults.ts';
import { type Place, places } from './harness/places.ts';
import {
  answered,
  askAgain,
  contentOf,
  createSubjects,
  fetching,
  filledOf,
  lacksOfNotes,
  mistakesOf,
  openWith,
  refusalsOf,
  textOf,
  worksOffline,
  wrongWithout,
} from './harness/states.ts';

/*
 * Every page in each state that what it fetches can be in. Long, since it is a matrix: each page decides for itself how its parts are put together, so that
 * no page stands for another. `states.test.ts` has one page.
 */

/** A display has no parts: it says that it waits, or that nothing answers, in words that can be read across a room. */
const inParts = fetching.filter(({ slug }) => slug !== 'display');

/** Whether it is about things that there may be none of; how the space is, the policy, and one thing always are. */
const isList = ({ slug }: Place): boolean => !/^(now|policy)$|-(id|person)$/.test(slug);

/* Times of a page that is open are played in a moment. */
/** It asks again for what it shows. */
const pollMs = 16_000;
/** The stream has a beat every 10 s: one that says nothing for 25 s is over. */
const silentMs = 27_000;
/** After 30 s without an answer what is shown is grey. */
const greyMs = 34_000;
/** Not played: how long it may take until it is live again. */
const backMs = 10_000;

describe.skipIf(skipWithout('chromium'))('every page, on a phone', () => {
  const subjects = createSubjects();
  afterAll(() => subjects.close());

  it.each(inParts)('$slug, while it is fetched', async (place) => {
    const subject = await subjects.of(place);
    const { page, faults } = subject;
    await openWith(subject, 'held');
    await page.locator('main [aria-busy=true] .bone').first().waitFor();
    expect(await page.locator('h1').count()).toBe(1);
    expect(await mistakesOf(page)).toEqual([]);
    faults.set(() => undefined);
    await answered(subject);
    expect(await page.locator('main .skeleton').count()).toBe(0);
  });

  it.each(inParts)('$slug, when a service is away', async (place) => {
    const subject = await subjects.of(place);
    const { page, faults } = subject;
    await openWith(subject, away);
    expect(await lacksOfNotes(page)).toEqual([]);
    expect(await mistakesOf(page)).toEqual([]);
    // What is not known is not said to be none of something.
    expect(await textOf(page)).not.toMatch(/(^|\s)0(\s|$)/);

    faults.set(() => undefined);
    await askAgain(page);
    await answered(subject);
    expect(await textOf(page)).not.toContain(away.title);
  });

  it.each(inParts)(
    '$slug, when one thing of it alone cannot be fetched',
    { timeout: 300_000 },
    async (place) => {
      const subject = await subjects.of(place);
      const { page, faults, at, isOwn } = subject;
      faults.asked();
      await openWith(subject, undefined);
      const before = await filledOf(page);
      const wrong: string[] = [];
      for (const one of faults.asked().filter(isOwn)) {
        faults.set((asked) => (asked === one ? away : undefined));
        await page.goto(at);
        await answered(subject);
        wrong.push(...(await wrongWithout(one, subject, before)));
      }
      expect(wrong).toEqual([]);
    },
  );

  it.each(inParts)('$slug, for somebody who may not see it', async (place) => {
    const subject = await subjects.of(place);
    await openWith(subject, forbidden);
    const { count, silent } = await refusalsOf(subject.page);
    expect(count).toBeGreaterThan(0);
    expect(silent).toEqual([]);
    expect(await mistakesOf(subject.page)).toEqual([]);
  });

  it.each(inParts)('$slug, when there is nothing', async (place) => {
    const subject = await subjects.of(place);
    const { page } = subject;
    await openWith(subject, 'empty');
    const texts = await page.locator('main .empty').allInnerTexts();
    if (isList(place)) expect(texts.length).toBeGreaterThan(0);
    // “Nothing” is not why.
    for (const text of texts) expect(text.split(/\s+/).length, text).toBeGreaterThan(4);
    expect(await mistakesOf(page)).toEqual([]);
  });
});

describe.skipIf(skipWithout('chromium'))('every page, that somebody has open', () => {
  const subjects = createSubjects();
  afterAll(() => subjects.close());

  it.each(inParts)('$slug, when a service goes away', async (place) => {
    const subject = await subjects.of(place);
    const { page, faults, isOwn } = subject;
    await page.clock.install();
    await openWith(subject, undefined);
    const before = await contentOf(page);
    faults.set((asked) => (isOwn(asked) ? away : undefined));
    await page.clock.runFor(pollMs);
    const old = page.getByText('Dit is het laatste wat bekend is');
    await old.first().waitFor();
    expect(await contentOf(page)).toEqual(before);
    expect(await mistakesOf(page)).toEqual([]);

    faults.set(() => undefined);
    await page.clock.runFor(pollMs);
    await waitFor('all of it is of now again', async () => (await old.count()) === 0);
    expect(await contentOf(page)).toEqual(before);
  });

  it.each(places)('$slug, when the connection goes away', async (place) => {
    const subject = await subjects.of(place);
    const { page } = subject;
    const isDisplay = place.slug === 'display';
    await page.clock.install();
    await openWith(subject, undefined);
    const before = await contentOf(page);
    const since = page
      .getByRole('status')
      .filter({ hasText: isDisplay ? /Geen contact: / : /Stand van \d\d:\d\d:\d\d/ });
    expect(await since.count()).toBe(0);

    onTestFinished(() => page.context().setOffline(false));
    await page.context().setOffline(true);
    await page.clock.runFor(silentMs);
    if (!isDisplay) await since.waitFor();
    expect(await page.locator('main.old').count()).toBe(0);
    await page.clock.runFor(greyMs - silentMs);
    await since.waitFor();
    await page.locator('main.old').waitFor();
    expect(await contentOf(page)).toEqual(before);
    expect(await worksOffline(page)).toEqual([]);
    expect(await mistakesOf(page)).toEqual([]);

    await page.context().setOffline(false);
    await since.waitFor({ state: 'detached', timeout: backMs });
    await page.locator('main:not(.old)').waitFor();
  });
});
