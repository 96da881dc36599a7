import { createReadStream, mkdirSync, writeFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { brotliCompress, constants, createBrotliDecompress } from 'node:zlib';

/** What is in a packed directory, in order: a folder, or a file of so many bytes. */
interface Entry {
  readonly path: string;
  readonly bytes?: number;
}

const compress = promisify(brotliCompress);

/** Packs a directory: the length of a list in JSON, the list, then the bytes of the files in it; all of it compressed. */
export async function packDirectory(dir: string): Promise<Buffer> {
  const found = await readdir(dir, { recursive: true, withFileTypes: true });
  const paths = found.map((each) => ({ isFile: each.isFile(), path: join(each.parentPath, each.name) }));
  const entries: Entry[] = [];
  const contents: Buffer[] = [];
  for (const { isFile, path } of paths.sort((a, b) => (a.path < b.path ? -1 : 1))) {
    const content = isFile ? await readFile(path) : undefined;
    entries.push({ path: relative(dir, path), ...(content && { bytes: content.length }) });
    if (content) contents.push(content);
  }
  const list = Buffer.from(JSON.stringify(entries));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(list.length);
  const params = { [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS };
  return await compress(Buffer.concat([length, list, ...contents]), { params });
}

/** Makes the directory, which must not be there, with all that was packed; piece by piece, to be sparing with memory. */
export async function unpackDirectory(packed: string | URL, dir: string): Promise<void> {
  await pipeline(createReadStream(packed), createBrotliDecompress({ chunkSize: 1 << 18 }), async (pieces) => {
    const take = taker(pieces);
    const length = (await take(4)).readUInt32BE();
    const entries: Entry[] = JSON.parse((await take(length)).toString());
    mkdirSync(dir, { mode: 0o700 });
    for (const { path, bytes } of entries) {
      if (bytes === undefined) mkdirSync(join(dir, path));
      else writeFileSync(join(dir, path), await take(bytes));
    }
  });
}

/** Takes so many bytes at a time from what comes in pieces of any length. */
function taker(pieces: AsyncIterable<Buffer>): (count: number) => Promise<Buffer> {
  const source = pieces[Symbol.asyncIterator]();
  let rest: Buffer = Buffer.alloc(0);
  return async (count) => {
    const taken: Buffer[] = [];
    for (let missing = count; missing > 0; missing -= taken.at(-1)?.length ?? 0) {
      if (rest.length === 0) {
        const next = await source.next();
        if (next.done) throw new Error('the packed directory ends too early');
        rest = next.value;
      }
      taken.push(rest.subarray(0, missing));
      rest = rest.subarray(missing);
    }
    return Buffer.concat(taken, count);
  };
}
