import { type ServiceName, type StoredEvent, serviceNames } from '@huismeester/contracts';
import { type Command, Option } from 'commander';
import type { Api } from '../api.ts';
import { NotFine, Refused, UsageError } from '../errors.ts';
import { follow } from '../events/follow.ts';
import { eventLine } from '../events/line.ts';
import { type EventFilter, mergeByTime, type Reading, readAfter, readNewest } from '../events/read.ts';
import type { Output } from '../output.ts';
import { printable } from '../printable.ts';
import { ifServed } from '../served.ts';
import { connected, type Shell } from '../shell.ts';
import { wholeNumber } from './options.ts';

interface EventsOptions extends EventFilter {
  readonly follow?: boolean;
  readonly service?: ServiceName;
  readonly limit: number;
  readonly since?: number;
}

/** `events`: the logs of all services as one, oldest first; with `--json` one event a line. */
export function addEvents(program: Command, shell: Shell): void {
  program
    .command('events')
    .description('show what happened, oldest first; with --json one event a line')
    .option('-f, --follow', 'go on until Ctrl-C; survives a restart of Huismeester')
    .addOption(new Option('--service <name>', 'of one service').choices(serviceNames))
    .option('--subject <subject>', 'about one thing, such as vm/120')
    .option('--type <type>', 'of one type, such as ups.on-battery')
    .option('--correlation <id>', 'of one story')
    .option('--limit <n>', 'how many: the newest, or with --since the first', wholeNumber(1), 50)
    .option('--since <position>', 'only after this position; needs --service', wholeNumber(0))
    .action((options: EventsOptions, command: Command) =>
      connected(command, shell, async ({ api, output }) => {
        const { subject, type, correlation } = options;
        const filter: EventFilter = { subject, type, correlation };
        const readings = await first(api, output, options, filter);
        const show = (events: readonly StoredEvent[]) => print(output, events);
        const found = mergeByTime(readings.map(({ events }) => events)).slice(-options.limit);
        show(found);
        if (found.length === 0) output.note(nothingFound(options));
        if (!options.follow) return;
        const cursors = readings.map(({ cursor }) => cursor);
        const signal = shell.untilStopped();
        await follow({ api, filter, cursors, show, signal, note: output.note });
      }),
    );
}

/** Says what was asked for: a mistyped subject and a quiet space would look alike. */
function nothingFound({ service, subject, type, correlation, since }: EventsOptions): string {
  const asked = { service, subject, type, correlation, since };
  const filters = Object.entries(asked).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name} ${value}`],
  );
  return filters.length === 0 ? 'No event yet.' : `No event with ${printable(filters.join(' '))}.`;
}

async function first(
  api: Api,
  output: Output,
  { service, since, limit }: EventsOptions,
  filter: EventFilter,
): Promise<Reading[]> {
  if (since !== undefined) {
    if (!service) throw new UsageError('--since is a position in one log: say which with --service');
    return [await readAfter(api, service, filter, since, Math.min(limit, 1000))];
  }
  if (service) return [await readNewest(api, service, filter, limit)];
  const hidden: string[] = [];
  const readings = await Promise.all(
    serviceNames.map(async (each) => {
      const reading = readNewest(api, each, filter, limit).catch((error: unknown) => {
        if (!(error instanceof Refused && error.problem.status === 403)) throw error;
        hidden.push(each);
        return undefined;
      });
      return await ifServed(output, each, reading);
    }),
  );
  if (hidden.length === serviceNames.length) {
    throw new NotFine('the logs are for the infrateam; `huismeester why` shows what was decided about a VM');
  }
  for (const each of hidden) output.note(`${each}: not for this role`);
  return readings.filter((reading) => reading !== undefined);
}

function print(output: Output, events: readonly StoredEvent[]): void {
  for (const event of events) {
    output.answer(event, eventLine(output, event));
  }
}
