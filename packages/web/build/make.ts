import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'vite';
import config from '../vite.config.ts';
import { compress } from './compress.ts';

/** Writes the page's files into an empty folder, compressed too. Throws what the bundler finds wrong. */
export async function make(directory: string): Promise<void> {
  await build({
    ...config,
    configFile: false,
    logLevel: 'error',
    build: { ...config.build, outDir: directory, emptyOutDir: false, reportCompressedSize: false },
  });
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries.filter((each) => each.isFile()).map((each) => join(each.parentPath, each.name));
  await Promise.all(files.filter((file) => !file.includes('/.vite/')).map(compress));
}
