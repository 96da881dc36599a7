import { resolve } from 'node:path';
import { Export, exportedResources } from '@huismeester/contracts';
import type { Command } from 'commander';
import { Value } from 'typebox/value';
import { NotFine } from '../errors.ts';
import { gather } from '../export/gather.ts';
import { writePrivately } from '../private-file.ts';
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
        // It names people.
        await writePrivately(resolve(shell.cwd, out), `${text}\n`);
        const { ups, vms, projects, leases, items, cables, team, applications, decisions } = found;
        const counted = [
          [ups, 'UPS', 'UPSes'],
          [vms, 'VM', 'VMs'],
          [projects, 'project', 'projects'],
          [leases, 'lease', 'leases'],
          [items, 'item', 'items'],
          [cables, 'cable', 'cables'],
          [team, 'person of the team', 'people of the team'],
          [applications, 'application', 'applications'],
          [decisions, 'decision', 'decisions'],
        ] as const;
        const counts = counted.map(
          ([{ items: all }, one, more]) => `${all.length} ${all.length === 1 ? one : more}`,
        );
        output.note(`${out}: ${counts.join(', ')}`);
      }),
    );
}
