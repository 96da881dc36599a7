import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { problemTitlesNl } from '@huismeester/contracts';
import { describe, expect, it } from 'vitest';
import { root } from './source.ts';

/* Whoever reads the page in Dutch reads in Dutch why something was refused. */

const files = globSync('{services,packages/service}/**/src/**/*.ts', {
  cwd: root,
  exclude: (path) => path.split('/').includes('node_modules') || path.endsWith('.test.ts'),
});
const text = files.map((file) => readFileSync(join(root, file), 'utf8')).join('\n');
/** How refusals begin: the code is their first text. */
const begins = /\b(?:refuse|refusal|refused|no|fault|new Problem)\(\s*(?:\d{3},\s*)?'([a-z-]+)',\s/g;
const codes = new Set([...text.matchAll(begins)].map(([, code = '']) => code));

describe('titles of problems in Dutch', () => {
  it('are there for each code with which something is refused', () => {
    expect(codes.size).toBeGreaterThan(100);
    expect([...codes].filter((code) => problemTitlesNl[code] === undefined)).toEqual([]);
  });

  it('are of no code that nothing uses', () => {
    expect(Object.keys(problemTitlesNl).filter((code) => !text.includes(`'${code}'`))).toEqual([]);
  });
});
