import { Decision } from '@huismeester/contracts';
import { type Command, Option } from 'commander';
import { connected, type Shell } from '../shell.ts';
import { type Column, table } from '../table.ts';
import { civilTime } from '../time.ts';
import { wholeNumber } from './options.ts';
import { findTarget } from './vm-reference.ts';

const columns: readonly Column<Decision>[] = [
  { head: 'time', of: ({ time }) => civilTime(time) },
  { head: 'about', of: ({ target }) => target },
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
  readonly mode?: string;
  readonly limit: number;
}

/** `decisions`: what was decided, newest first. */
export function addDecisions(program: Command, shell: Shell): void {
  program
    .command('decisions')
    .description('list what was decided about VMs and nodes, newest first')
    .option('--vm <vm>', 'of one VM (its id, or its name) or node (node/<id>)')
    .addOption(
      new Option('--mode <mode>', 'dry-run: what was only rehearsed; enforce: what was acted upon').choices([
        'dry-run',
        'enforce',
      ]),
    )
    .option('--limit <n>', 'how many', wholeNumber(1), 50)
    .action(({ vm, mode, limit }: DecisionsOptions, command: Command) =>
      connected(command, shell, async ({ api, output }) => {
        const target = vm === undefined ? undefined : (await findTarget(api, vm)).target;
        const decisions = await api.list(
          '/api/v1/decisions',
          Decision,
          { target, mode, order: '-time' },
          limit,
        );
        output.answer(decisions, ...table(decisions, columns, output, 'Nothing was decided yet.'));
      }),
    );
}
