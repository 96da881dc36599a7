import type { Command } from 'commander';
import { wholeNumber } from '../commands/options.ts';
import type { Shell } from '../shell.ts';
import { type Column, table } from '../table.ts';
import { civilTime, lengthOf } from '../time.ts';
import { readIncidents, type ShownIncident } from './read-incidents.ts';
import { followOption, watching } from './watching.ts';

const columns: readonly Column<ShownIncident>[] = [
  { head: 'id', of: ({ id }) => id },
  { head: 'since', of: ({ since }) => civilTime(since) },
  {
    head: 'lasted',
    of: ({ lasted_s, state }) =>
      state === 'open' ? 'goes on' : lasted_s === undefined ? undefined : lengthOf(lasted_s),
    style: ({ state, core }) => (state === 'closed' ? 'dim' : core ? 'red' : 'yellow'),
  },
  { head: 'core', of: ({ core }) => (core ? 'core' : '') },
  {
    head: 'failed first',
    of: ({ root, outage, planned }) =>
      `${root}${outage ? ' (power cut)' : ''}${planned?.whole ? ' (planned)' : ''}`,
  },
  { head: 'with it', of: withRoot },
];

function withRoot({ root, members, others, planned }: ShownIncident): string {
  const some = planned?.whole ? [] : (planned?.things ?? []);
  const more = members
    .filter(({ thing }) => thing !== root)
    .map(({ thing, state }) => `${thing} ${state}${some.includes(thing) ? ' (planned)' : ''}`);
  return [...more, ...others.map((other) => `also failed: ${other}`)].join(', ');
}

interface IncidentsOptions {
  readonly follow?: boolean;
  readonly open?: boolean;
  readonly limit: number;
}

/** `incidents`: what failed, with what failed because of it, newest first. */
export function addIncidents(program: Command, shell: Shell): void {
  program
    .command('incidents')
    .description('list what failed, with what failed because of it, newest first')
    .option(...followOption)
    .option('--open', 'only those that go on')
    .option('--limit <n>', 'so many, the newest', wholeNumber(1), 20)
    .action(({ follow = false, open = false, limit }: IncidentsOptions, command: Command) =>
      watching(command, shell, {
        follow,
        changes: ({ subject }) => /^(incident|vantage)\//.test(subject),
        show: async ({ api, output }) => {
          const incidents = await readIncidents({ api, output }, open ? { state: 'open' } : {}, limit);
          const nothing = open ? 'Nothing that is watched fails.' : 'Nothing has failed yet.';
          output.answer(incidents, ...table(incidents, columns, output, nothing));
        },
      }),
    );
}
