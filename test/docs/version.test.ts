import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const read = (file: string) => readFileSync(`${root}${file}`, 'utf8');
const versionOf = (file: string): unknown => JSON.parse(read(file)).version;

const version = versionOf('package.json');
const manifests = execFileSync('git', ['ls-files', '*package.json'], { cwd: root, encoding: 'utf8' })
  .split('\n')
  .filter(Boolean);

// A process of one service reports the version of its own package, and the command line that of its own.
it('every package has the version of the whole', () => {
  expect(manifests.length).toBeGreaterThan(20);
  expect(Object.fromEntries(manifests.map((file) => [file, versionOf(file)]))).toEqual(
    Object.fromEntries(manifests.map((file) => [file, version])),
  );
});

it('the changelog begins with it, and the image has it wherever it is named', () => {
  const [, newest] = /^## (\S+)/m.exec(read('CHANGELOG.md')) ?? [];
  expect(newest).toBe(version);
  for (const file of ['compose.yaml', 'setup.sh', 'README.md']) {
    const named = [...read(`deploy/compose/${file}`).matchAll(/huismeester:(\d[\w.-]*)/g)];
    expect(
      named.map(([, tag]) => tag),
      file,
    ).toEqual(named.map(() => version));
    expect(named.length, file).toBeGreaterThan(0);
  }
});
