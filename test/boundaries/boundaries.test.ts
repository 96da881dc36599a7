import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { serviceNames } from '@huismeester/contracts';
import { describe, expect, it } from 'vitest';
import { circles } from './circles.ts';
import { impureCores, isPure } from './core.ts';
import { anyOf, otherThan, packageNames, unfitForBrowsers, wideContracts, wrongPackages } from './imports.ts';
import { literalSpreads } from './literal-spreads.ts';
import { reason, tooLong } from './sizes.ts';
import { parseSource, root, type Source, sources, type Violation } from './source.ts';
import { checkTransactions } from './transactions.ts';

// Most of deploy/ is no package.
const directories = globSync('{packages,services,deploy}/*/package.json', { cwd: root }).map(dirname);
const packages = packageNames(directories);
const isTest = ({ path }: Source) => path.endsWith('.test.ts');
const everything = sources('{packages,services,deploy}/*/{src,test}/**', 'test/!(node_modules)/**');
const code = everything.filter((source) => /^\w+\/[^/]+\/src\//.test(source.path) && !isTest(source));
const under = (directory: string) => code.filter(({ path }) => path.startsWith(directory));

const what = (violations: readonly Violation[]) => violations.map((each) => each.what);

describe('packages', () => {
  const judged = (path: string, text: string) => what(wrongPackages([parseSource(path, text)], packages));

  it('import no service, and services no other', { timeout: 60_000 }, () => {
    expect(everything.length).toBeGreaterThan(150);
    expect(wrongPackages(everything, packages)).toEqual([]);
  });

  it.each([
    ["import type { A } from '@huismeester/policy';"],
    ["import { type A } from '@huismeester/policy';"],
    ["export { a } from '@huismeester/policy';"],
    ["export type { A } from '@huismeester/policy';"],
    ["export * from '@huismeester/policy';"],
    ["const a = await import('@huismeester/policy');"],
    ["import '@huismeester/policy/deeper';"],
    ["import '@huismeester/standalone';"],
    ["import { a } from '../../policy/src/a.ts';"],
    ["import { a } from '../../../packages/nut/src/client.ts';"],
  ])('would be found to with %s', (text) => {
    expect(judged('services/ups-monitor/src/a.ts', text)).toHaveLength(1);
  });

  it('may be put together by deploy and by the tests, and import packages', () => {
    const text = "import { a } from '@huismeester/policy';";
    expect(judged('packages/nut/src/a.ts', text)).toHaveLength(1);
    expect(judged('deploy/standalone/src/a.ts', text)).toEqual([]);
    expect(judged('test/spaces/a.test.ts', text)).toEqual([]);
    expect(judged('services/policy/src/a.ts', "import '@huismeester/nut'; import './b.ts';")).toEqual([]);
  });
});

describe('files', () => {
  it('import each other in no circle, not for types either', { timeout: 60_000 }, () => {
    expect(circles(everything)).toEqual([]);
  });

  it('would be found to', () => {
    const files = [
      parseSource('packages/a/src/a.ts', "import type { B } from './b.ts';"),
      parseSource('packages/a/src/b.ts', "export { type C } from './c.ts';"),
      parseSource('packages/a/src/c.ts', "import { a } from './a.ts';"),
    ];
    expect(circles(files)).toEqual([
      'packages/a/src/a.ts → packages/a/src/b.ts → packages/a/src/c.ts → packages/a/src/a.ts',
    ]);
  });
});

describe('what is long', () => {
  const judged = (text: string) => what(tooLong([parseSource('packages/a/src/a.ts', text)], () => text));
  const lines = (count: number) => 'call();\n'.repeat(count);

  it('says why', { timeout: 60_000 }, () => {
    expect(tooLong(code)).toEqual([]);
  });

  it('is measured in files with elements, too', () => {
    const text = `export function A() {\n  return (\n    <p>\n${'      <br />\n'.repeat(58)}    </p>\n  );\n}\n`;
    const source = parseSource('packages/web/src/a.tsx', text);
    expect(what(tooLong([source], () => text))).toEqual(['has a function of 64 lines']);
  });

  it('would be found not to', () => {
    expect(judged(`export const a = 1;\n${lines(250)}`)).toEqual(['has 251 lines']);
    expect(judged(`// ${reason} it must be.\nexport const a = 1;\n${lines(250)}`)).toEqual([]);
    const long = `export function a() {\n${lines(59)}}\n`;
    expect(judged(`/** Does it. */\n${long}`)).toEqual(['has a function of 61 lines']);
    expect(judged(`/**\n * Does it. ${reason} it must be.\n */\n${long}`)).toEqual([]);
    expect(judged(`const a = () => {\n${lines(58)}};\n`)).toEqual([]);
  });
});

describe('a literal', () => {
  it('is not spread into another', { timeout: 60_000 }, () => {
    expect(literalSpreads(everything)).toEqual([]);
  });

  it.each([['const a = { ...{ b, c }, d };'], ["const a = ['b', ...['c', 'd']];"], ['call(...[a, b]);']])(
    'would be found to be with %s',
    (text) => {
      expect(literalSpreads([parseSource('packages/a/src/a.ts', text)])).toHaveLength(1);
    },
  );

  it('may be left out, or made of others', () => {
    const text = 'const a = { ...(b && { b }), ...c }; call(...[a, b].map(d));';
    expect(literalSpreads([parseSource('packages/a/src/a.ts', text)])).toEqual([]);
  });
});

describe('contracts', () => {
  it('import typebox alone', () => {
    expect(under('packages/contracts/').length).toBeGreaterThan(8);
    expect(otherThan(under('packages/contracts/'), ['typebox'])).toEqual([]);
  });

  it('would be found to import anything else', () => {
    const text =
      "import 'typebox'; import 'typebox/value'; import './a.ts'; import 'uuid'; import 'typeboxes';";
    const found = otherThan([parseSource('packages/contracts/src/b.ts', text)], ['typebox']);
    expect(what(found)).toEqual([
      'imports uuid: it may import typebox only',
      'imports typeboxes: it may import typebox only',
    ]);
  });
});

describe('a service’s folder in contracts', () => {
  const allowed = ['define.ts', 'words.ts', 'wording.ts', 'wording-nl.ts'];
  const judged = (text: string) =>
    what(wideContracts([parseSource('packages/contracts/src/policy/reasons/power.ts', text)], allowed));

  it('imports what definitions are made with, and nothing that is derived from them', () => {
    const folders = serviceNames.flatMap((name) => under(`packages/contracts/src/${name}/`));
    expect(folders.length).toBeGreaterThan(serviceNames.length * 4);
    expect(wideContracts(folders, allowed)).toEqual([]);
  });

  it('would be found to import anything else', () => {
    expect(
      judged("import '../../define.ts'; import '../events.ts'; import type { A } from './reason.ts';"),
    ).toEqual([]);
    for (const other of ['../../services.ts', '../../derived/names.ts', '../../ups-monitor/events.ts']) {
      expect(judged(`import type { A } from '${other}';`)).toHaveLength(1);
    }
  });
});

describe('net-snmp', () => {
  it('is imported by the one file that keeps its errors in, and by the benchmark that is held against it', {
    timeout: 60_000,
  }, () => {
    const found = anyOf(everything, ['net-snmp']).map(({ where }) => where.replace(/:\d+$/, ''));
    expect(found).toEqual(['packages/snmp/src/library.ts', 'test/bench/switch-state.ts']);
  });
});

describe('the command line', () => {
  const forbidden = ['@huismeester/database', '@huismeester/events', '@huismeester/broker', 'drizzle-orm'];

  it('speaks REST: no database, no log, no broker', () => {
    expect(under('packages/cli/').length).toBeGreaterThan(15);
    // Whether what settings name can be used is asked of it: of a broker as a stranger would.
    const ofDatabase = 'packages/cli/src/check/database.ts';
    // What a broker's configuration holds is text.
    const ofBrokers = /^packages\/cli\/src\/(commands\/broker-|check\/broker)/;
    const [brokers, others] = [true, false].map((is) =>
      under('packages/cli/').filter(({ path }) => path !== ofDatabase && ofBrokers.test(path) === is),
    ) as [Source[], Source[]];
    expect(anyOf(others, forbidden)).toEqual([]);
    expect(brokers.length).toBeGreaterThan(0);
    expect(
      anyOf(
        brokers,
        forbidden.filter((each) => each !== '@huismeester/broker'),
      ),
    ).toEqual([]);
  });

  it('would be found to do otherwise', () => {
    const source = parseSource('packages/cli/src/a.ts', "import { sql } from 'drizzle-orm/pg-core';");
    expect(anyOf([source], forbidden)).toHaveLength(1);
  });
});

describe('the web page', () => {
  const judged = (path: string, text: string) =>
    what(unfitForBrowsers([parseSource(path, text)], () => text));

  it('imports what a browser can have, and of contracts no values but sentences', () => {
    const files = under('packages/web/src/');
    expect(files.filter(({ path }) => path.endsWith('.tsx')).length).toBeGreaterThan(15);
    expect(unfitForBrowsers(files, (path) => readFileSync(join(root, path), 'utf8'))).toEqual([]);
  });

  it.each([
    ["import { Vm } from '@huismeester/contracts';"],
    ["import type { A } from 'preact';\nexport { Vm } from '@huismeester/contracts';"],
    ["import { Type } from 'typebox';"],
    ["import type { Service } from '@huismeester/service';"],
    ["import { readFile } from 'node:fs';"],
    ["const a = () => import('dayjs');"],
  ])('would be found to do otherwise with %s', (text) => {
    expect(judged('packages/web/src/a.tsx', `${text}\nexport const A = () => <p />;`)).toHaveLength(1);
    expect(judged('packages/web/src/a.ts', text)).toHaveLength(1);
  });

  it('may use Preact, signals, QR codes, sentences and types', () => {
    const text = `import type {
  Vm,
} from '@huismeester/contracts';
import { phrase } from '@huismeester/contracts/sentences';
import { signal } from '@preact/signals';
import { useState } from 'preact/hooks';
import { encode } from 'uqr';
import './style.css';
`;
    expect(judged('packages/web/src/a.tsx', text)).toEqual([]);
    expect(judged('packages/web/src/a.ts', text)).toEqual([]);
  });
});

describe('a core', () => {
  const judged = (text: string) => what(impureCores([parseSource('services/policy/src/core/a.ts', text)]));

  it('is pure', () => {
    const cores = code.filter(({ path }) => isPure(path));
    expect(cores.length).toBeGreaterThan(20);
    expect(impureCores(cores)).toEqual([]);
  });

  it.each([
    ["import { readFile } from 'node:fs/promises';"],
    ["import type { Database } from '@huismeester/database';"],
    ["import type { Port } from '../ports.ts';"],
    ["import { a } from '../../../vm-lifecycle/src/core/a.ts';"],
    ["const a = () => import('./b.ts' + '');"],
    ['const a = new Date();'],
    ['const a = Date();'],
    ['const a = Date.now();'],
    ['const now = Date.now;'],
    ['const a = Math.random();'],
    ['const a = performance.now();'],
    ['const a = crypto.randomUUID();'],
    ['const a = process.env.HOME;'],
    ["console.log('a');"],
    ['setTimeout(() => {}, 1);'],
    ['const a = globalThis.fetch;'],
    ['const a = import.meta.url;'],
  ])('would not be with %s', (text) => {
    expect(judged(text)).toHaveLength(1);
  });

  it('may use values, its own files and the contracts', () => {
    const text = `
      import type { EventOf } from '@huismeester/contracts';
      import { Value } from 'typebox/value';
      import { b } from './b.ts';
      export const at = (now: Date, { process }: { process: string }) => [new Date(now), Math.max(1, 2), b, now.getTime()];
      export const times = { performance: 1, setTimeout: 2 }.performance;
    `;
    expect(judged(text)).toEqual([]);
  });
});

describe('a transaction', () => {
  const judged = (text: string) =>
    what(checkTransactions([parseSource('services/policy/src/a.ts', text)]).violations);

  it('waits for nothing outside', () => {
    // packages/database is what transactions are made of.
    const { looked, violations } = checkTransactions(
      code.filter(({ path }) => !path.startsWith('packages/database/')),
    );
    expect(looked).toBeGreaterThan(30);
    expect(violations).toEqual([]);
  });

  it.each([
    ['another await', 'await database.transaction(async (tx) => { await fetch(url); });'],
    [
      'one deep inside',
      'db.transaction(async (t) => { for (const a of b) if (a) await act(a, async () => a); });',
    ],
    ['an arrow that calls', 'await database.transaction((tx) => fetch(url));'],
    ['a promise of outside', 'const p = fetch(url); await db.transaction(async (tx) => { await p; });'],
    ['a loop that waits', 'await db.transaction(async (tx) => { for await (const a of stream) a; });'],
    ['the database', 'await db.transaction(async (tx) => { log(tx, database.kind); });'],
    ['its connection', 'await db.transaction(async (tx) => { await save(tx, this.deps.orm); });'],
    ['no name', 'await db.transaction(async () => 1);'],
    ['a function that takes a tx', 'export async function save(tx: Tx, a: A) { await publish(a); }'],
    ['a method that takes a tx', 'const log = { async append(tx: Tx) { await publish(); } };'],
    ['a handler that takes a tx', "const on = { 'ups.lost': async (tx: Tx) => { await publish(); } };"],
  ])('would be found to with %s', (_, text) => {
    expect(judged(text)).toHaveLength(1);
  });

  it.each([
    ['the transaction', 'await db.transaction(async (tx) => { await tx.insert(a).values(b); });'],
    [
      'what gets it',
      'await db.transaction(async (tx) => { await save({ tx, a }); await this.log.append(tx, []); });',
    ],
    ['many that get it', 'await db.transaction((tx) => Promise.all(all.map((a) => save(tx, a))));'],
    ['a promise made inside', 'await db.transaction(async (tx) => { const p = tx.select(); await p; });'],
    [
      'a savepoint',
      'await db.transaction(async (tx) => { await savepoint(tx, async (s) => { await save(s); }); });',
    ],
    [
      'what comes after it',
      'await db.transaction(async (tx) => { afterCommit(tx, async () => { await publish(); }); });',
    ],
    [
      'what stands outside',
      'const run = async () => { await fetch(url); await db.transaction((tx) => save(tx)); };',
    ],
  ])('may wait for %s', (_, text) => {
    expect(judged(text)).toEqual([]);
  });
});
