import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify, stripVTControlCharacters } from 'node:util';
import { folderOf, isBuilt } from './folder.ts';
import { hashOfSources } from './sources.ts';

const run = promisify(execFile);
const main = fileURLToPath(new URL('main.ts', import.meta.url));
/** It takes two seconds; on the slowest machine a few times that. */
const mostMs = 120_000;

export interface Built {
  /** The folder of the files, with `.br` and `.gz` beside each. */
  readonly directory: string;
  /** Paths from the folder, such as `assets/index-B1x.js`, without those that are compressed. */
  readonly files: readonly string[];
  /** How long it took to build it, in ms; 0: it was there. */
  readonly tookMs: number;
}

/** The page could not be built; the message is what the bundler said. */
class NotBuilt extends Error {
  override readonly name = 'NotBuilt';
  readonly code = 'page-not-built';
}

/** The page's files: at once, where its sources are as they were when they were built last. Throws a {@link NotBuilt}. */
export async function buildPage(): Promise<Built> {
  const begun = performance.now();
  const hash = await hashOfSources();
  const directory = folderOf(hash);
  const wasThere = await isBuilt(hash);
  if (!wasThere) await buildBeside();
  const tookMs = wasThere ? 0 : Math.round(performance.now() - begun);
  return { directory, files: await filesIn(directory), tookMs };
}

async function buildBeside(): Promise<void> {
  // It gets none of the secrets that our environment may have.
  const env = { PATH: process.env.PATH, NODE_ENV: 'production' };
  try {
    await run(process.execPath, [main], { env, timeout: mostMs });
  } catch (error) {
    throw new NotBuilt(reasonIn(error), { cause: error });
  }
}

function reasonIn(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const said = 'stderr' in error ? stripVTControlCharacters(String(error.stderr)).trim() : '';
  if ('killed' in error && error.killed === true) return `it was not done after ${mostMs / 1_000} s`;
  return said === '' ? error.message : said;
}

async function filesIn(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  return entries
    .filter((each) => each.isFile())
    .map((each) => relative(directory, join(each.parentPath, each.name)))
    .filter((path) => !path.startsWith('.') && !/\.(br|gz)$/.test(path))
    .sort();
}
