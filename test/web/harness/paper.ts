import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { daemonPath, tempDir } from '@huismeester/testkit';
import type { Page } from '@huismeester/testkit/browser';

const run = promisify(execFile);

/** A word where it stands on a sheet of paper, in points (1/72 inch) from its left upper corner. */
export interface PrintedWord {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export interface Sheet {
  readonly width: number;
  readonly height: number;
  readonly words: readonly PrintedWord[];
  /** What its QR codes say, where that was asked for. */
  readonly codes: readonly string[];
}

/** What a page is on paper, A4: printed by the browser to a PDF, which other programs read. `codes`: QR codes too, which takes a second a sheet. */
export async function printed(page: Page, { codes = false } = {}): Promise<readonly Sheet[]> {
  const dir = await tempDir('paper');
  try {
    const file = join(dir.path, 'paper.pdf');
    await writeFile(file, await page.pdf({ format: 'A4' }));
    const { stdout } = await run(daemonPath('pdftotext'), ['-bbox', file, '-']);
    const sheets = [...stdout.matchAll(/<page width="([\d.]+)" height="([\d.]+)">(.*?)<\/page>/gs)];
    return await Promise.all(
      sheets.map(async ([, width, height, words = ''], index) => ({
        width: Number(width),
        height: Number(height),
        words: wordsIn(words),
        codes: codes ? await codesOn(file, index + 1, join(dir.path, `${index}`)) : [],
      })),
    );
  } finally {
    await dir.remove();
  }
}

function wordsIn(xml: string): PrintedWord[] {
  const word = /<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)<\/word>/g;
  return [...xml.matchAll(word)].map(([, left, top, right, bottom, text = '']) => ({
    text: text
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&amp;', '&'),
    left: Number(left),
    right: Number(right),
    top: Number(top),
    bottom: Number(bottom),
  }));
}

/** As a scanner finds them in a picture of the sheet, of a resolution that any printer has. */
async function codesOn(file: string, sheet: number, picture: string): Promise<string[]> {
  const only = ['-f', `${sheet}`, '-l', `${sheet}`, '-singlefile'];
  await run(daemonPath('pdftoppm'), ['-r', '300', '-gray', '-png', ...only, file, picture]);
  const how = ['--raw', '--quiet', '-Sdisable', '-Sqrcode.enable', `${picture}.png`];
  const { stdout } = await run(daemonPath('zbarimg'), how).catch(nothingFound);
  return stdout.split('\n').filter((line) => line !== '');
}

/** `zbarimg` ends with 4 where there is none. */
function nothingFound(error: { code?: unknown }): { stdout: string } {
  if (error.code === 4) return { stdout: '' };
  throw error;
}
