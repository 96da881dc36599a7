import { Hold, IncidentResource } from '@huismeester/contracts';
import type { Command } from 'commander';
import { wholeNumber } from '../commands/options.ts';
import type { Shell } from '../shell.ts';
import { type Column, table } from '../table.ts';
import { civilTime, lengthOf } from '../time.ts';
import { followOption, watching } from './watching.ts';

/** An incident, and whether somebody works on what it is about: then it is planned (policy's holds). */
interface Shown extends IncidentResource {
  readonly planned: boolean;
}

const columns: readonly Column<Shown>[] = [
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
    of: ({ root, outage, planned }) => `${root}${outage ? ' (power cut)' : ''}${planned ? ' (planned)' : ''}`,
  },
  { head: 'with it', of: withRoot },
];

function withRoot({ root, members, others }: IncidentResource): string {
  const more = members.filter(({ thing }) => thing !== root).map(({ thing, state }) => `${thing} ${state}`);
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
          const query = open ? { state: 'open' } : {};
          const [incidents, holds] = await Promise.all([
            api.list('/api/v1/incidents', IncidentResource, query, limit),
            api.list('/api/v1/holds', Hold),
          ]);
          const shown = incidents.map((each) => ({ ...each, planned: isPlanned(each, holds) }));
          const nothing = open ? 'Nothing that is watched fails.' : 'Nothing has failed yet.';
          output.answer(incidents, ...table(shown, columns, output, nothing));
        },
      }),
    );
}

/** Whether a hold that goes on names its root or one of its members, or the switch that a port is of. */
function isPlanned({ root, members, state }: IncidentResource, holds: readonly Hold[]): boolean {
  const held = new Set(holds.map(({ target }) => target));
  const isHeld = (thing: string) =>
    held.has(thing) || held.has(thing.replace(/^port\/([^/]+)\/.*$/, 'switch/$1'));
  return state === 'open' && [root, ...members.map(({ thing }) => thing)].some(isHeld);
}
