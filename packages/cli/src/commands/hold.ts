import { Hold } from '@huismeester/contracts';
import type { Command } from 'commander';
import { printable } from '../printable.ts';
import { connected, type Shell } from '../shell.ts';
import { type Column, table } from '../table.ts';
import { civilTime } from '../time.ts';
import { findVm } from './vm-reference.ts';

/** `hold`, `release` and `holds`: VMs that are left alone for maintenance, whatever the rules say (SPACE-3). */
export function addHold(program: Command, shell: Shell): void {
  addPlace(program, shell);
  addRelease(program, shell);
  addList(program, shell);
}

const vmArgument = ['<vm>', 'its id (104 or vm/104), or its name'] as const;

interface PlaceOptions {
  readonly for: string;
  readonly because: string;
}

function addPlace(program: Command, shell: Shell): void {
  program
    .command('hold')
    .argument(...vmArgument)
    .description('leave a VM alone for a while, whatever the rules say: for maintenance')
    .requiredOption('--for <length>', 'how long, such as 4h or 30m; at most 24h (1d)')
    .requiredOption('--because <why>', 'why; everybody can read it')
    .action((reference: string, options: PlaceOptions, command: Command) =>
      connected(command, shell, async ({ api, output }) => {
        const { id } = await findVm(api, reference);
        const body = { vm: id, for: options.for, because: options.because };
        const hold = await api.send('POST', '/api/v1/holds', body, Hold);
        if (output.json) output.value(hold);
        else {
          output.print(
            `VM ${id} is left alone until ${civilTime(hold.until)}. \`release ${id}\` ends it sooner.`,
          );
        }
      }),
    );
}

function addRelease(program: Command, shell: Shell): void {
  program
    .command('release')
    .argument(...vmArgument)
    .description('end the hold on a VM: the rules have their say again')
    .action((reference: string, _: object, command: Command) =>
      connected(command, shell, async ({ api, output }) => {
        const { id } = await findVm(api, reference);
        await api.delete(`/api/v1/holds/${encodeURIComponent(id)}`);
        if (output.json) output.value({ vm: id, released: true });
        else output.print(printable(`VM ${id} is released: the rules have their say again.`));
      }),
    );
}

const columns: readonly Column<Hold>[] = [
  { head: 'VM', of: ({ vm }) => vm },
  { head: 'since', of: ({ since }) => civilTime(since) },
  { head: 'until', of: ({ until }) => civilTime(until) },
  { head: 'by', of: ({ by }) => by },
  { head: 'because', of: ({ because }) => because },
];

function addList(program: Command, shell: Shell): void {
  program
    .command('holds')
    .description('list the VMs that are on hold, by whom and why')
    .action((_: object, command: Command) =>
      connected(command, shell, async ({ api, output }) => {
        const holds = await api.list('/api/v1/holds', Hold);
        if (output.json) output.value(holds);
        else output.print(...table(holds, columns, output, 'No VM is on hold.'));
      }),
    );
}
