import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { ImportResult } from '@huismeester/contracts';
import type { Command } from 'commander';
import { NotFine } from '../errors.ts';
import { printable } from '../printable.ts';
import { codeOf } from '../private-file.ts';
import type { Shell } from '../shell.ts';
import { carriesOut } from './action.ts';

/** `export` and `import` of items or cables: CSV for a spreadsheet; an import is whole or not at all. */
export function addCsv(parent: Command, shell: Shell, what: 'items' | 'cables'): void {
  const path = `/api/v1/csv/${what}`;
  const write = parent
    .command('export')
    .description('write them as CSV for a spreadsheet; what is exported imports as nothing to do')
    .option('--out <file>', 'standard output if left out');
  carriesOut<{ readonly out?: string }>(write, shell, async ({ api, output, options: { out }, words }) => {
    // By the mark at its beginning spreadsheets know that it is UTF-8; reading an answer takes it away.
    const text = `\ufeff${(await api.text(path)).replace(/^\ufeff/, '')}`;
    if (out === undefined) return void shell.stdout.write(text);
    const file = resolve(shell.cwd, out);
    await writeFile(file, text, { flag: 'w' }).catch((cause: unknown) => {
      throw new NotFine(`${file} cannot be written (${codeOf(cause)})`, { cause });
    });
    output.note(words.csv.written(out, text.trimEnd().split('\n').length - 1));
  });
  const read = parent
    .command('import')
    .argument('<file>', 'CSV with the columns of the export; `,` or `;`, UTF-8')
    .description('take them from CSV: all of it, or nothing and every line that is wrong')
    .option('--dry-run', 'only say what would change');
  carriesOut<{ readonly dryRun?: boolean }>(read, shell, async ({ api, output, options, words }, name) => {
    const { csv } = words;
    const file = resolve(shell.cwd, name);
    const bytes = await readFile(file).catch((cause: unknown) => {
      throw new NotFine(csv.unreadable(file, codeOf(cause)), { cause });
    });
    const dryRun = options.dryRun === true;
    const result = await api.sendText(path, { type: 'text/csv; charset=utf-8', bytes }, ImportResult, {
      dryRun: String(dryRun),
    });
    const say = dryRun ? csv.would : csv.done;
    output.answer(
      result,
      say(result.new.length, result.changed.length, result.same),
      ...(result.new.length > 0 ? [printable(csv.ofNew(result.new.join(', ')))] : []),
      ...(result.changed.length > 0 ? [printable(csv.ofChanged(result.changed.join(', ')))] : []),
    );
  });
}
