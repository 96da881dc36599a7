import { randomUUID } from 'node:crypto';
import { type PeopleAct, VmAct } from '@huismeester/contracts';
import type { Command } from 'commander';
import { NotFine, UsageError } from '../errors.ts';
import { type Language, languageOf, languageOption } from '../language.ts';
import { printable } from '../printable.ts';
import { type Connected, connected, type Shell } from '../shell.ts';
import { addSizeOptions, newSize, type SizeOptions } from './size-options.ts';
import { notWaiting, watch } from './watch.ts';
import { type NamedVm, whichVm } from './which-vm.ts';
import { wordsIn } from './words.ts';
import type { Words } from './words-en.ts';

interface ActOptions extends SizeOptions {
  readonly name?: string;
  readonly wait: boolean;
  readonly lang?: Language;
}

type Dangerous = 'stop' | 'delete';

const descriptions: Readonly<Record<PeopleAct, string>> = {
  start: 'start it; of a participant’s VM a lease begins',
  shutdown: 'have it shut down cleanly',
  reboot: 'have it shut down cleanly and start again; its lease stays as it is',
  stop: 'pull its plug; you type its name to confirm',
  resize: 'make it larger, within your quota',
  delete: 'delete it with its disks, while it is off; you type its name to confirm',
};

/** `vm start`, `shutdown`, `reboot`, `stop`, `resize` and `delete`. */
export function addActs(vm: Command, shell: Shell): void {
  for (const act of ['start', 'shutdown', 'reboot'] as const) add(vm, shell, act);
  for (const act of ['stop', 'delete'] as const)
    add(vm, shell, act).option('--name <name>', 'its name once more, where there is no terminal to ask at');
  addSizeOptions(add(vm, shell, 'resize'));
}

function add(vm: Command, shell: Shell, act: PeopleAct): Command {
  return vm
    .command(act)
    .argument('<vm>', 'its id or its name')
    .description(descriptions[act])
    .option('--no-wait', 'do not look how it goes')
    .addOption(languageOption())
    .action((reference: string, options: ActOptions, command: Command) =>
      connected(command, shell, async (with_) => {
        const words = wordsIn[languageOf(options.lang, shell.env)];
        const size = newSize(options);
        if (act === 'resize' && size === undefined) throw new UsageError(words.acts.sayWhat);
        const found = await whichVm(with_.api, reference);
        const body =
          act === 'stop' || act === 'delete'
            ? { name: await typedName(act, found, options.name, words, shell) }
            : act === 'resize'
              ? (size ?? {})
              : {};
        await carryOut(with_, { act, vm: found, body }, words, options.wait ? shell : notWaiting);
      }),
    );
}

/** The name that confirms it, which the server compares; asked for at a terminal. Throws {@link NotFine} without one. */
async function typedName(
  act: Dangerous,
  { name }: NamedVm,
  given: string | undefined,
  { acts }: Words,
  { ask }: Pick<Shell, 'ask'>,
): Promise<string> {
  if (given !== undefined) return given;
  if (ask === undefined) throw new NotFine(printable(acts.sayName(act, name)));
  const typed = (await ask(printable(acts.typeName[act](name)))).trim();
  if (typed !== name) throw new NotFine(acts.otherName);
  return typed;
}

interface Asked {
  readonly act: PeopleAct;
  readonly vm: NamedVm;
  readonly body: object;
}

async function carryOut(
  { api, output }: Connected,
  { act, vm, body }: Asked,
  { acts }: Words,
  { untilStopped }: Pick<Shell, 'untilStopped'>,
): Promise<void> {
  const path = `/api/v1/vms/${encodeURIComponent(vm.id)}/acts`;
  const asked = await api.create(path, { act, ...body }, VmAct, randomUUID());
  const say = (text: string) => {
    if (!output.json) output.print(printable(text));
  };
  say(`${vm.name} ${acts.asked[act]}.`);
  let waiting: string | undefined;
  const found = await watch({
    api,
    read: () => api.get(`/api/v1/acts/${encodeURIComponent(asked.id)}`, VmAct),
    show: (each) => {
      if (each.waiting !== undefined && each.waiting !== waiting) say(`  ${each.waiting}`);
      waiting = each.waiting;
    },
    isOver: ({ state }) => state === 'done' || state === 'failed',
    note: output.note,
    signal: untilStopped(),
  });
  if (found === undefined) return output.answer(asked, acts.goesOn);
  const { state, error = '', more } = found;
  const done = [`${vm.name} ${acts.done[act]}`, ...(more === undefined ? [] : [`  ${more}`])];
  output.answer(found, ...(state === 'done' ? done.map(printable) : []));
  if (state === 'failed') throw new NotFine(printable(acts.failed(vm.name, error)));
}
