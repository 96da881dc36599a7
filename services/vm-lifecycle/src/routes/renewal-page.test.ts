import { createHash } from 'node:crypto';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { renewalPage } from './renewal-page.ts';

const { html, contentSecurityPolicy } = renewalPage;

const part = (name: 'script' | 'style') =>
  new RegExp(`<${name}>([\\s\\S]*?)</${name}>`).exec(html)?.[1] ?? '';

interface Element {
  textContent: string;
  hidden: boolean;
  disabled?: boolean;
  onclick?: () => Promise<void>;
}

/** The page in a browser that reads a language, at a link; `answer`: what the service says once it is asked. */
function open(language: string, hash: string, answer: () => object) {
  const elements: Record<string, Element> = {};
  const asked: unknown[] = [];
  const document = {
    documentElement: { lang: 'nl' },
    title: '',
    getElementById: (id: string) => (elements[id] ??= { textContent: '', hidden: false }),
  };
  const replaced: string[] = [];
  runInNewContext(part('script'), {
    document,
    navigator: { language },
    location: { hash, pathname: '/api/v1/renewals' },
    history: { replaceState: (...args: string[]) => replaced.push(args[2] ?? '') },
    fetch: async (path: string, { method, body }: { method: string; body: string }) => {
      asked.push({ path, method, body: JSON.parse(body) });
      return answer();
    },
  });
  const element = (id: string) => document.getElementById(id);
  return { document, element, asked, replaced, press: () => element('press').onclick?.() };
}
const renewed = () => ({
  ok: true,
  json: async () => ({ result: 'renewed', ends: '2026-12-20T12:00:00.000Z' }),
});

describe('the page behind the link of a warning', () => {
  it('runs nothing but its own script and style', () => {
    for (const name of ['script', 'style'] as const) {
      const digest = createHash('sha256').update(part(name)).digest('base64');
      expect(contentSecurityPolicy).toContain(`${name}-src 'sha256-${digest}'`);
    }
    expect(contentSecurityPolicy).toMatch(/^default-src 'none'/);
    expect(contentSecurityPolicy).toContain("frame-ancestors 'none'");
  });

  it.each([
    ['nl-NL', 'Verleng', 'Gelukt. Je VM mag draaien tot'],
    ['en-GB', 'Renew', 'Done. Your VM may run until'],
    ['de', 'Renew', 'Done. Your VM may run until'],
  ])('asks only when somebody presses the button, in their language: %s', async (language, button, done) => {
    const page = open(language, '#signed.part', renewed);
    expect(page.asked).toEqual([]);
    // Until it is answered the page may be loaded again.
    expect(page.replaced).toEqual([]);
    expect(page.element('press')).toMatchObject({ textContent: button, hidden: false });
    await page.press();
    expect(page.asked).toEqual([{ path: '/api/v1/renewals', method: 'POST', body: { link: 'signed.part' } }]);
    expect(page.element('say').textContent).toContain(done);
    // From then on neither the history nor a screenshot of the address keeps what is signed.
    expect(page.replaced).toEqual(['/api/v1/renewals']);
    expect(page.element('press').hidden).toBe(true);
    expect(page.document.documentElement.lang).toBe(language.slice(0, 2) === 'nl' ? 'nl' : 'en');
  });

  it.each(['over', 'used', 'another', 'off', 'refused', 'invalid'])(
    'has words for %s, in both languages',
    async (result) => {
      const said = ['nl', 'en'].map(async (language) => {
        const page = open(language, '#x', () => ({ ok: true, json: async () => ({ result }) }));
        await page.press();
        return page.element('say').textContent;
      });
      const [dutch, english] = await Promise.all(said);
      expect(dutch).toMatch(/\w{3,}/);
      expect(english).toMatch(/\w{3,}/);
      expect(dutch).not.toBe(english);
    },
  );

  it('can be pressed again when it did not work, and says what is the matter with half a link', async () => {
    const page = open('nl', '#x', () => ({ ok: false, status: 503 }));
    await page.press();
    expect(page.element('press')).toMatchObject({ disabled: false, hidden: false });
    expect(page.element('say').textContent).toContain('nog eens');
    const half = open('nl', '', renewed);
    expect(half.element('press').hidden).toBe(true);
    expect(half.element('say').textContent).toContain('klopt niet');
  });
});
