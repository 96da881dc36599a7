import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of this package, without a slash behind it. */
export const home = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');

/** What the page is made of: files and folders, from {@link home}. A folder that is not there is one without files. */
const made = [
  'index.html',
  'vite.config.ts',
  'package.json',
  'public',
  'src',
  'build',
  'node_modules/@huismeester/contracts/src',
];
/** Other people's packages of which files are in the page, or which make it. */
const packages = ['vite', 'preact', '@preact/signals', 'uqr'];

/** A name for what the page would be built of now: the same sources and the same versions have the same. */
export async function hashOfSources(): Promise<string> {
  const paths = (await Promise.all(made.map(filesOf))).flat().sort();
  const texts = await Promise.all(
    paths.map(async (path) => [path, await readFile(join(home, path))] as const),
  );
  const versions = await Promise.all(packages.map(versionOf));
  const hash = createHash('sha256').update(versions.join('\n'));
  for (const [path, text] of texts) hash.update(`\n${path} ${text.length}\n`).update(text);
  return hash.digest('hex').slice(0, 16);
}

async function filesOf(path: string): Promise<string[]> {
  if (/\.\w+$/.test(path)) return [path];
  const entries = await readdir(join(home, path), { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((each) => each.isFile() && !/\.test\.tsx?$/.test(each.name))
    .map((each) => join(each.parentPath, each.name).slice(home.length + 1));
}

/** Of the package as it is installed, which is what the lockfile says. */
async function versionOf(name: string): Promise<string> {
  const text = await readFile(join(home, 'node_modules', name, 'package.json'), 'utf8');
  const { version } = JSON.parse(text) as { version: string };
  return `${name}@${version}`;
}
