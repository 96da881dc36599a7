import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, test } from 'vitest';
import { textsIn } from './texts.ts';

const root = fileURLToPath(new URL('../src', import.meta.url));
const components = globSync('**/*.tsx', { cwd: root }).sort();

/** A component that returns this. */
const component = (jsx: string) => `export function Some({ words, n }) { return ${jsx}; }`;
const found = (jsx: string) => textsIn('some.tsx', component(jsx)).map(({ text }) => text);

describe('a text in a component is found', () => {
  test.each([
    ['<p>Stroom</p>', ['Stroom']],
    ['<><b>{n}</b> dagen</>', ['dagen']],
    ["<p>{'Stroom'}</p>", ['Stroom']],
    [`<p>{\`nog \${n} dagen\`}</p>`, ['nog', 'dagen']],
    ["<p>{n > 1 ? 'dagen' : 'dag'}</p>", ['dagen', 'dag']],
    ["<p>{n > 1 && 'veel'}</p>", ['veel']],
    ["<p>{n + ' dagen'}</p>", ['dagen']],
    ['<button title="Weg">×</button>', ['Weg']],
    ["<button aria-label={n ? 'Open' : words.shut}>×</button>", ['Open']],
    ['<Page title="Stroom">{n}</Page>', ['Stroom']],
    ['<Fetched of={n} empty={<p>Niets</p>}>{() => <i>Iets</i>}</Fetched>', ['Niets', 'Iets']],
  ])('%s', (jsx, texts) => expect(new Set(found(jsx))).toEqual(new Set(texts)));
});

test.each([
  '<p class="card wide">{words.power} · {n} — 12:00</p>',
  "<p>{words.of('power')}</p>",
  "<p>{n === 'power' ? words.yes : words.no}</p>",
  '<input type="text" name="login" autocomplete="username" aria-label={words.name} />',
])('there is none in %s', (jsx) => expect(found(jsx)).toEqual([]));

it('no component has a text in it: all of them stand in the dictionaries, in both languages', () => {
  const all = components.flatMap((path) =>
    textsIn(path, readFileSync(join(root, path), 'utf8')).map(
      ({ line, text }) => `${path}:${line} «${text}»`,
    ),
  );
  expect(components.length).toBeGreaterThan(0);
  expect(all).toEqual([]);
});
