import { Decision } from '@huismeester/contracts';
import type { Command } from 'commander';
import { connected, type Shell } from '../shell.ts';
import { type Column, table } from '../table.ts';
import { civilTime } from '../time.ts';
import { wholeNumber } from './options.ts';
import { findVm } from './vm-reference.ts';

const columns: readonly Column<Decision>[] = [
  { head: 'time', of: ({ time }) => civilTime(time) },
  { head: 'VM', of: ({ vm }) => vm },
  { head: 'wanted', of: ({ state }) => state },
  { head: 'clause', of: ({ clause }) => clause },
  {
    head: 'mode',
    of: ({ mode }) => mode,
    style: ({ mode }) => (mode === 'enforce' ? 'yellow' : 'dim'),
  },
  { head: 'stage', of: ({ stage }) => stage },
  { head: 'reason', of: ({ reason }) => reason },
];

interface DecisionsOptions {
  readonly vm?: string;
  readonly limit: number;
}

/** `decisions`: what was decided, newest first. */
export function addDecisions(program: Command, shell: Shell): void {
  program
    .command('decisions')
    .description('list what was decided about VMs, newest first')
    .option('--vm <vm>', 'of one VM: its id, or its name')
    .option('--limit <n>', 'how many', wholeNumber(1), 50)
    .action(({ vm, limit }: DecisionsOptions, command: Command) =>
      connected(command, shell, async ({ api, output }) => {
        const id = vm === undefined ? undefined : (await findVm(api, vm)).id;
        const decisions = await api.list('/api/v1/decisions', Decision, { vm: id, order: '-time' }, limit);
        if (output.json) output.value(decisions);
        else output.print(...table(decisions, columns, output, 'Nothing was decided yet.'));
      }),
    );
}
