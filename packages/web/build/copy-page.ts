import { constants } from 'node:fs';
import { access, copyFile, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Built } from './build-page.ts';

/** A browser may have had a page open for so long, and asks for the files of its version. */
const keptMs = 30 * 24 * 3_600_000;

/**
 * Copies the page into the folder that a web server has, for browsers to see the old one or the new one: what is named by its content
 * first, then what names it. Files of versions before stay for 30 days.
 */
export async function copyPage(
  { directory, files }: Pick<Built, 'directory' | 'files'>,
  into: string,
): Promise<void> {
  const all = (await Promise.all(files.map((file) => withCompressed(directory, file)))).flat();
  const [named, naming] = [true, false].map((is) => all.filter((file) => file.startsWith('assets/') === is));
  for (const group of [named ?? [], naming ?? []]) {
    await Promise.all(group.map((file) => copyWhole(join(directory, file), join(into, file))));
  }
  await removeOld(join(into, 'assets'), new Set(named?.map((file) => file.slice('assets/'.length))));
}

async function withCompressed(directory: string, file: string): Promise<string[]> {
  const beside = [`${file}.br`, `${file}.gz`];
  const there = await Promise.all(beside.map((each) => isThere(join(directory, each))));
  // A server takes what is compressed where it is there: it must not be of before.
  return [...beside.filter((_, at) => there[at] === true), file];
}

async function isThere(file: string): Promise<boolean> {
  return await access(file, constants.R_OK).then(
    () => true,
    () => false,
  );
}

async function copyWhole(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  const beside = `${to}.new-${process.pid}`;
  await copyFile(from, beside);
  await rename(beside, to);
}

async function removeOld(assets: string, current: ReadonlySet<string>): Promise<void> {
  const others = (await readdir(assets)).filter((name) => !current.has(name));
  for (const name of others) {
    const { mtimeMs } = await stat(join(assets, name));
    if (mtimeMs < Date.now() - keptMs) await rm(join(assets, name));
  }
}
