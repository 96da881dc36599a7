import { waitFor } from '@huismeester/testkit';
import { axe, type Page } from '@huismeester/testkit/browser';
import { away, type Fault, type Faults, faultsOf, forbidden } from './faults.ts';
import { createVisits } from './open-browser.ts';
import { type Place, pathOf, places } from './places.ts';
import { sharedDemo } from './shared-demo.ts';
import { settled } from './show.ts';

/** Pages that ask for nothing but what the frame asks for. */
const asksForNothing = new Set(['things-new', 'things-import']);
/** Pages of which the frame asks the same: how the space is. */
const ofNow = new Set(['now', 'display']);

/** The pages that fetch something, so that they can be in each of these states. */
export const fetching = places.filter(({ slug }) => !asksForNothing.has(slug));

/** A page that is looked at in states that its answers put it in. */
export interface Subject extends Place {
  readonly page: Page;
  readonly faults: Faults;
  /** Where it is. */
  readonly at: string;
  /** Whether what is asked for there is what the page shows, and not the frame alone. */
  isOwn(asked: string): boolean;
}

/** What these tests do to answers, and to the connection. */
const madeUp = [/^answer: (403|503) GET /, /^failed: GET \S+ net::ERR_INTERNET_DISCONNECTED$/];

/** Opens pages on a phone, whose answers are made up where a test says so. */
export function createSubjects() {
  const visits = createVisits({ size: 'phone', expected: madeUp });
  return {
    async of(place: Place): Promise<Subject> {
      const { page } = await visits.of(place.who);
      const faults = await faultsOf(page);
      const isOwn = (asked: string) =>
        asked !== '/api/v1/me' && (asked !== '/api/v1/now' || ofNow.has(place.slug));
      return { ...place, page, faults, at: await pathOf(place, (await sharedDemo()).local), isOwn };
    },
    close: () => visits.close(),
  };
}

/** Opens the page anew while all of its own answers meet this fault. */
export async function openWith(subject: Subject, fault: Fault | undefined): Promise<void> {
  const { page, faults, at, isOwn } = subject;
  faults.set((asked) => (isOwn(asked) ? fault : undefined));
  await page.goto(at);
  if (fault !== 'held') await answered(subject);
}

/** Waits until the page has shown all that it asked for, also what is shown beside the rest. */
export async function answered({ page, faults }: Pick<Subject, 'page' | 'faults'>): Promise<void> {
  await settled(page);
  await waitFor('everything is answered', () => !faults.isBusy());
  // What came last is painted.
  await page.evaluate(
    'new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))',
  );
  await settled(page);
}

/** What can be read on the page. */
export async function textOf(page: Page): Promise<string> {
  const [text = ''] = await page.locator('main').allInnerTexts();
  return text.replaceAll(/\s+/g, ' ');
}

/** What no page may show in any state: a line each. */
export async function mistakesOf(page: Page): Promise<string[]> {
  const text = await textOf(page);
  const leaks = [...text.matchAll(/.{0,30}(\b(undefined|null|NaN|Infinity)\b|\[object ).{0,30}/g)];
  return [...leaks.map(([leak]) => `it says: ${leak}`), ...(await axe(page))];
}

/** The notes about what could not be fetched, and what each lacks of what it has to say. */
export async function lacksOfNotes(page: Page): Promise<string[]> {
  const notes = page.locator('main [role=alert]');
  if ((await notes.count()) === 0) return ['nothing says that something could not be fetched'];
  const wanted = [away.title, away.detail, away.code, away.clause, away.instance, 'Probeer het nog eens'];
  const texts = await notes.allInnerTexts();
  return texts.flatMap((text) =>
    wanted.filter((each) => !text.includes(String(each))).map((each) => `«${each}» is not in: ${text}`),
  );
}

/** Uses the button of each note about what could not be fetched: each takes its note away. */
export async function askAgain(page: Page): Promise<void> {
  // What follows something that is fetched is kept back for a moment: it is there, and cannot be seen.
  const again = page
    .locator('main')
    .getByRole('button', { name: 'Probeer het nog eens', includeHidden: true });
  for (let left = await again.count(); left > 0; left = await again.count()) {
    await again.first().click({ timeout: 5_000 });
    await waitFor('a note goes away', async () => (await again.count()) < left, { timeoutMs: 5_000 });
  }
}

/** The parts that say that they are not for whoever looks, and those of them that do not say for whom. */
export async function refusalsOf(page: Page): Promise<{ count: number; silent: string[] }> {
  const notes = page.locator('main .note', { hasText: 'Dit mag je niet zien' });
  const texts = await notes.allInnerTexts();
  const isNamed = (text: string) => text.includes('Dit is voor: ') || text.includes(forbidden.detail);
  return { count: texts.length, silent: texts.filter((text) => !isNamed(text)) };
}

/** What is read on a page and does not change by itself: its headings, and the heads of its tables and facts. */
export async function contentOf(page: Page): Promise<string[]> {
  return await page.locator('main').locator('h1, h2, h3, th, dt, label, legend').allInnerTexts();
}

/** What works without a server: it shows what is here already, copies it, or prints it. */
const local = /^(Toon|Kopieer|Druk af)/;

/** The buttons that can be used while there is no connection though they need one, and those that do not say why they cannot. */
export async function worksOffline(page: Page): Promise<string[]> {
  const buttons = await page.locator('main button').evaluateAll((all) =>
    all.map((each) => ({
      text: each.textContent ?? '',
      isOff: each.getAttribute('aria-disabled') === 'true',
      // Some are off for a reason of their own.
      isTold: each.getAttribute('title') !== null,
    })),
  );
  return buttons
    .filter(({ text, isOff, isTold }) => (isOff ? !isTold : !local.test(text)))
    .map(({ text, isOff }) => `«${text}» ${isOff ? 'does not say why it is off' : 'can be used'}`);
}

/** What a page lacks without saying so, and how it shows that it does not know it. */
const unsaid: readonly (readonly [RegExp, string])[] = [
  [/\/(people|team|vms|nodes)\?limit=1000$/, 'things and people are called by their ids'],
  [/\/leases\?/, 'until when a VM runs is unknown'],
  [/\/availability\?/, 'how often a service answers is unknown, and its strip is empty'],
  [/\/acts\?/, 'an act that goes on is shown; that there is none is not said'],
  [/\/drift\?/, 'a difference with Proxmox is shown; that there is none is not said'],
  [/\/quota$/, 'that it is not known stands in the place of its bars'],
  [/\/me\/preferences$/, 'where a VM is made, the key is asked for'],
];

/** What a page is about, by its slug: without it, the headings of the rest are not there either. */
const whole: Readonly<Record<string, RegExp>> = {
  now: /\/now$/,
  power: /\/ups\?/,
  violations: /\/violations\?/,
  policy: /\/clauses\?/,
  vms: /\/vms\?/,
  'vms-id': /\/vms\/\d+$/,
  projects: /\/projects\?/,
  'projects-id': /\/projects\/[^/?]+$/,
  'decisions-id': /\/decisions\/[^/?]+$/,
  'things-id': /\/items\/[^/?]+$/,
  'report-id': /\/reports\//,
  'team-person': /\/team\/[^/?]+$/,
};

/** How much of a page is there. */
export interface Filled {
  readonly headings: readonly string[];
  /** How many things are said to be well. */
  readonly good: number;
}

export async function filledOf(page: Page): Promise<Filled> {
  const main = page.locator('main');
  return {
    headings: await main.locator('h1, h2').allInnerTexts(),
    good: await main.locator('.mark.good').count(),
  };
}

/** What is wrong with a page of which one thing alone could not be fetched: its part says so, and the rest is as it was. */
export async function wrongWithout(
  asked: string,
  { page, slug }: Subject,
  before: Filled,
): Promise<string[]> {
  const now = await filledOf(page);
  const isSaid = (await textOf(page)).includes(away.title);
  const isMain = asked.startsWith(`/api/v1/${slug}?`);
  const isUnsaid = !isMain && unsaid.some(([path]) => path.test(asked));
  // Titles and headings have names in them.
  const lost = before.headings.length - now.headings.length;
  return [
    ...(isSaid || isUnsaid ? [] : ['nothing says so']),
    ...(lost > 0 && whole[slug]?.test(asked) !== true ? [`${lost} headings are gone`] : []),
    ...(now.good > before.good ? ['more is said to be well'] : []),
    ...(await mistakesOf(page)),
  ].map((each) => `without ${asked}: ${each}`);
}
