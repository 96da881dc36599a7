import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { events } from './index.ts';
import { access } from './policy/reasons/access.ts';
import { admission } from './policy/reasons/admission.ts';
import { core } from './policy/reasons/core.ts';
import { decision } from './policy/reasons/decision.ts';
import { drill } from './policy/reasons/drill.ts';
import { phrases } from './policy/reasons/index.ts';
import { keepRunning } from './policy/reasons/keep-running.ts';
import { lease } from './policy/reasons/lease.ts';
import { node } from './policy/reasons/node.ts';
import { notices } from './policy/reasons/notices.ts';
import { now } from './policy/reasons/now.ts';
import { power } from './policy/reasons/power.ts';
import { projects } from './policy/reasons/projects.ts';
import { report } from './policy/reasons/report.ts';
import { team } from './policy/reasons/team.ts';
import { things } from './policy/reasons/things.ts';
import { wiki } from './policy/reasons/wiki.ts';
import { phrase, sentences } from './sentences.ts';

/** What a file still imports when it runs: all but `import type` and `export type` (verbatimModuleSyntax). */
function importsOf(text: string): string[] {
  const found = text.matchAll(/^(?:import|export)\s+(?!type\s)(?:[^;'"]*?\sfrom\s+)?'([^']+)'/gm);
  return [...found].map(([, specifier]) => specifier ?? '');
}

function everythingBehind(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const specifier of importsOf(readFileSync(file, 'utf8'))) {
    if (specifier.startsWith('.')) everythingBehind(join(dirname(file), specifier), seen);
    else seen.add(specifier);
  }
  return seen;
}

describe('the sentences', () => {
  it('need nothing but themselves: no TypeBox in a browser', () => {
    const all = [...everythingBehind(new URL('./sentences.ts', import.meta.url).pathname)];
    expect(all.length).toBeGreaterThan(12);
    expect(all.filter((each) => !each.startsWith('/'))).toEqual([]);
    expect(all.filter((each) => each.endsWith('/words.ts'))).toEqual([]);
  });

  it('would be found to need TypeBox', () => {
    const text = "import type { A } from 'a';\nimport { type B } from 'typebox';\nexport * from './c.ts';";
    expect(importsOf(text)).toEqual(['typebox', './c.ts']);
  });

  it('are there for each event, in both languages', () => {
    const types = new Set(Object.keys(events));
    expect(new Set(Object.keys(sentences.en))).toEqual(types);
    expect(new Set(Object.keys(sentences.nl))).toEqual(types);
  });
});

describe('the phrases of reasons', () => {
  it('have one owner each', () => {
    const files = [
      power,
      node,
      keepRunning,
      core,
      team,
      admission,
      access,
      lease,
      projects,
      things,
      wiki,
      decision,
      drill,
      notices,
      now,
      report,
    ].map((codes) => Object.keys(codes).length);
    expect(files.reduce((sum, count) => sum + count, 0)).toBe(Object.keys(phrases).length);
  });

  it('show a code of a newer program as it is', () => {
    expect(phrase([{ code: 'low', ups: 'rack' }, { code: 'imagined' }], 'nl')).toBe(
      'UPS rack: de accu is bijna leeg (LB): alles tegelijk; imagined',
    );
  });
});
