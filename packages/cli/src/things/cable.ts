import { CableResource, CableState } from '@huismeester/contracts';
import { type Command, Option } from 'commander';
import { UsageError } from '../errors.ts';
import type { Shell } from '../shell.ts';
import { table } from '../table.ts';
import { said } from '../team/said.ts';
import { carriesOut } from './action.ts';
import { addCsv } from './csv.ts';
import { whichItem } from './which-item.ts';
import type { Words } from './words-en.ts';

type End = NonNullable<CableResource['a']>;

const path = '/api/v1/cables';
const of = (id: string) => `${path}/${encodeURIComponent(id)}`;

/** `cable list`, `add`, `change`, `remove`; CSV in and out. */
export function addCable(program: Command, shell: Shell): void {
  const cable = program.command('cable').description('the cables: from which port to which (INFRA-2)');
  addList(cable, shell);
  addAdd(cable, shell);
  addChange(cable, shell);
  const remove = cable
    .command('remove')
    .argument('<cable>', 'its id')
    .description('there is no such cable any more');
  carriesOut(remove, shell, async ({ api, output, words }, id) => {
    await api.delete(of(id));
    output.answer({ cable: id, removed: true }, said(words.cable.removed(id), 'INFRA-2'));
  });
  addCsv(cable, shell, 'cables');
}

function addList(cable: Command, shell: Shell): void {
  const list = cable
    .command('list', { isDefault: true })
    .argument('[item]', 'those of one item')
    .description('list them');
  carriesOut(list, shell, async ({ api, output, words }, reference) => {
    const { cable: say } = words;
    const id = reference === '' ? undefined : (await whichItem(api, reference, words)).id;
    const found = (await api.list(path, CableResource)).filter(
      ({ a, b }) => id === undefined || a?.item === id || b?.item === id,
    );
    output.answer(
      found,
      ...table(
        found,
        [
          { head: say.heads.id, of: (each) => each.id },
          {
            head: say.heads.state,
            of: ({ state }) => say.states[state],
            style: ({ state }) => (state === 'broken' ? 'red' : undefined),
          },
          { head: say.heads.a, of: ({ a }) => endText(a, words) },
          { head: say.heads.b, of: ({ b }) => endText(b, words) },
          { head: say.heads.note, of: ({ note }) => note },
        ],
        output,
        id === undefined ? say.nothing : say.noneThere(reference),
      ),
    );
  });
}

function endText(end: End | undefined, { cable }: Words): string {
  return end === undefined ? cable.free : `${end.item} ${end.port}`;
}

interface Fields {
  readonly state?: CableResource['state'];
  readonly note?: string;
}

const addFields = (command: Command): Command =>
  command
    .addOption(new Option('--state <state>', 'how far it is').choices(CableState.enum))
    .option('--note <text>', 'such as "Cat 6, grey, 15 m"');

function addAdd(cable: Command, shell: Shell): void {
  const add = addFields(
    cable
      .command('add')
      .argument('<from>', 'ITEM:PORT, such as sw1:gi0/1')
      .argument('[to]', 'the same; a free end only while it is planned')
      .description('write down a cable; it is laid if --state does not say otherwise')
      .option('--id <id>', 'left out: the next number'),
  );
  carriesOut<Fields & { readonly id?: string }>(
    add,
    shell,
    async ({ api, output, options, words }, from, to) => {
      const { id, state = to === '' ? 'planned' : 'laid', note } = options;
      const body = {
        state,
        a: endOf(from, words),
        ...(to !== '' && { b: endOf(to, words) }),
        ...(note !== undefined && { note }),
        ...(id !== undefined && { id }),
      };
      const made = await api.send('POST', path, body, CableResource);
      output.answer(made, said(words.cable.recorded(made.id, endsText(made, words)), 'INFRA-2'));
    },
  );
}

function addChange(cable: Command, shell: Shell): void {
  const change = addFields(
    cable
      .command('change')
      .argument('<cable>', 'its id')
      .description('change what is named, and leave the rest as it is')
      .option('--from <end>', 'ITEM:PORT, or free')
      .option('--to <end>', 'ITEM:PORT, or free'),
  );
  carriesOut<Fields & { readonly from?: string; readonly to?: string }>(
    change,
    shell,
    async ({ api, output, options, words }, id) => {
      const { state, note, from, to } = options;
      if (state === undefined && note === undefined && from === undefined && to === undefined)
        throw new UsageError(words.sayWhat);
      const { value, etag } = await api.read(of(id), CableResource);
      const end = (given: string | undefined, before: End | undefined) =>
        given === undefined ? before : given === 'free' ? undefined : endOf(given, words);
      const a = end(from, value.a);
      const b = end(to, value.b);
      const text = note ?? value.note;
      const fields = {
        state: state ?? value.state,
        ...(a !== undefined && { a }),
        ...(b !== undefined && { b }),
        ...(text !== undefined && { note: text }),
      };
      const changed = await api.send('PUT', of(id), fields, CableResource, etag);
      output.answer(changed, said(words.cable.changed(changed.id, endsText(changed, words)), 'INFRA-2'));
    },
  );
}

/** `sw1:gi0/1`: a port may have a colon in it, an item's id has none. */
function endOf(text: string, { cable }: Words): End {
  const [, item, port] = /^([^:]+):(.+)$/.exec(text) ?? [];
  if (item === undefined || port === undefined) throw new UsageError(cable.noEnd(text));
  return { item, port };
}

function endsText({ a, b, state }: CableResource, words: Words): string {
  return words.cable.ends(endText(a, words), endText(b, words), words.cable.states[state]);
}
