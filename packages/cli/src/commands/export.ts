import { randomUUID } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Export, exportedResources } from '@huismeester/contracts';
import type { Command } from 'commander';
import { Value } from 'typebox/value';
import { NotFine } from '../errors.ts';
import { gather } from '../export/gather.ts';
import { connected, type Shell } from '../shell.ts';

/** `export`: all registers as one JSON document, so that a space can leave with its data. */
export function addExport(program: Command, shell: Shell): void {
  program
    .command('export')
    .description(`write all registers as JSON: ${exportedResources.map(([path]) => path).join(', ')}`)
    .option('--out <file>', 'to a file that only you can read; standard output if left out')
    .action(({ out }: { out?: string }, command: Command) =>
      connected(command, shell, async ({ api, output }) => {
        const found = await gather(api, shell.now);
        const [fault] = Value.Errors(Export, found);
        if (fault)
          throw new NotFine(`the export is not as its format says: ${fault.instancePath} ${fault.message}`);
        const text = JSON.stringify(found, null, 2);
        if (out === undefined) return output.print(text);
        await write(resolve(shell.cwd, out), `${text}\n`);
        const { decisions, vms, ups } = found;
        const counts = `${ups.items.length} UPSes, ${vms.items.length} VMs, ${decisions.items.length} decisions`;
        output.note(`${out}: ${counts}`);
      }),
    );
}

/** Whole or not at all, and for nobody else to read: it names people. */
async function write(file: string, text: string): Promise<void> {
  const half = `${file}.${randomUUID()}`;
  try {
    await writeFile(half, text, { mode: 0o600, flag: 'wx' });
    await rename(half, file);
  } catch (cause) {
    await rm(half, { force: true });
    const why = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
    throw new NotFine(`${file} cannot be written (${why})`, { cause });
  }
}
