import { DeadLetter, Replayed, type ServiceName, serviceNames } from '@huismeester/contracts';
import { type Command, Option } from 'commander';
import type { Api } from '../api.ts';
import { NotFine } from '../errors.ts';
import type { Output } from '../output.ts';
import { printable } from '../printable.ts';
import { ifServed } from '../served.ts';
import { connected, type Shell } from '../shell.ts';
import { type Column, table } from '../table.ts';
import { civilTime } from '../time.ts';

const columns: readonly Column<DeadLetter>[] = [
  { head: 'id', of: ({ id }) => id },
  { head: 'service', of: ({ service }) => service },
  { head: 'reader', of: ({ reader }) => reader },
  { head: 'position', of: ({ position }) => position },
  { head: 'subject', of: ({ subject }) => subject },
  { head: 'type', of: ({ type }) => type },
  { head: 'since', of: ({ since }) => civilTime(since) },
  { head: 'attempts', of: ({ attempts }) => attempts },
  {
    head: 'why',
    of: ({ error }) => error ?? 'waits behind an earlier one',
    style: ({ error }) => (error === undefined ? 'dim' : 'red'),
  },
];

interface Options {
  readonly service?: ServiceName;
}

const serviceOption = () => new Option('--service <name>', 'of one service').choices(serviceNames);

/** `dead-letters` and `dead-letters replay`: events that a service could not apply, kept until a person looks. */
export function addDeadLetters(program: Command, shell: Shell): void {
  const letters = program
    .command('dead-letters')
    .description('list the events that a service could not apply, and those that wait behind them')
    .addOption(serviceOption())
    .action((options: Options, command: Command) =>
      connected(command, shell, async ({ api, output }) => {
        const found = await lettersOf(api, output, options.service);
        output.answer(found, ...table(found, columns, output, 'There is no dead letter.'));
      }),
    );
  letters
    .command('replay')
    .argument('<id>', 'as `dead-letters` shows it')
    .description('apply all parked events of that one’s subject, in order; no old act is asked for again')
    .action((id: string, _: object, command: Command) =>
      connected(command, shell, async ({ api, output }) => {
        const { service } = command.optsWithGlobals<Options>();
        const of = service ?? (await serviceWith(api, output, id));
        const path = `/api/v1/${of}/dead-letters/${encodeURIComponent(id)}/replay`;
        const replayed = await api.send('POST', path, {}, Replayed);
        const { applied, subject } = replayed;
        const events = `${applied} event${applied === 1 ? '' : 's'}`;
        const said = printable(`${of} applied ${events} of ${subject}; nothing of it is parked any more.`);
        output.answer({ service: of, ...replayed }, said);
      }),
    );
}

async function lettersOf(api: Api, output: Output, service?: ServiceName): Promise<DeadLetter[]> {
  const of = (name: ServiceName) => api.list(`/api/v1/${name}/dead-letters`, DeadLetter);
  if (service) return await of(service);
  const lists = await Promise.all(serviceNames.map((name) => ifServed(output, name, of(name))));
  return lists.flatMap((list) => list ?? []);
}

async function serviceWith(api: Api, output: Output, id: string): Promise<ServiceName> {
  const letter = (await lettersOf(api, output)).find((each) => each.id === id);
  if (letter) return letter.service;
  throw new NotFine(`there is no dead letter ${id}: it was replayed already, or never there`);
}
