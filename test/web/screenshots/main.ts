import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startBrowser } from '@huismeester/testkit/browser';
import { startDemo } from '../harness/demo.ts';
import { fill } from '../harness/filled.ts';
import { writeGallery } from './gallery.ts';
import { takePictures } from './take.ts';

const usage = `Usage: pnpm screenshots [--output DIR] [--png] [--whole] [page…]
Takes pictures of each page of the demo, light and dark, on a phone and on a desktop, into docs/images/web, and lists them in docs/web.md.
--output DIR   into another folder, and leaves docs/web.md as it is
--png          as png, for programs that cannot show webp
--whole        all that can be scrolled to, not only the window
page…          these pages alone, by name`;

const options = {
  output: { type: 'string' },
  png: { type: 'boolean', default: false },
  whole: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;
const { values, positionals } = parseArgs({ options, allowPositionals: true });
const folder = fileURLToPath(new URL('../../../docs/images/web', import.meta.url));

if (values.help) process.stdout.write(`${usage}\n`);
else await main(values.output === undefined ? folder : resolve(values.output));

async function main(output: string): Promise<void> {
  const isOurs = output === folder && positionals.length === 0;
  // A page that is gone leaves no picture behind.
  if (isOurs) await rm(output, { recursive: true, force: true });
  await mkdir(output, { recursive: true });
  const demo = await startDemo();
  const browser = await startBrowser();
  try {
    await fill(demo.local);
    const format = values.png ? 'png' : 'webp';
    const how = { names: positionals, format, isWhole: values.whole } as const;
    const taken = [];
    for await (const picture of takePictures(demo, browser, how)) {
      await writeFile(join(output, picture.file), picture.bytes);
      process.stdout.write(`${picture.file}   ${Math.ceil(picture.bytes.length / 1024)} KiB\n`);
      taken.push(picture);
    }
    if (isOurs) await writeGallery(taken);
  } finally {
    await browser.close();
    await demo.close();
  }
}
