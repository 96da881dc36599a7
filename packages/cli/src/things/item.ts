import { type ItemFields, ItemKind, ItemLife, ItemResource, LinkKind } from '@huismeester/contracts';
import { Argument, type Command, Option } from 'commander';
import { UsageError } from '../errors.ts';
import { called } from '../people/called.ts';
import { uidsById } from '../people/uids.ts';
import { printable } from '../printable.ts';
import type { Shell } from '../shell.ts';
import { table } from '../table.ts';
import { said } from '../team/said.ts';
import { carriesOut } from './action.ts';
import { addCsv } from './csv.ts';
import { addClear, addFields, addStandsFor, clearedOf, type FieldOptions, fieldsOf } from './item-fields.ts';
import { itemColumns, itemLines } from './item-lines.ts';
import { addProposals } from './proposals.ts';
import { allItems, fieldsOfItem, itemPath, targetOf, whichItem } from './which-item.ts';

/** `item list`, `show`, `add`, `change`, `retire`, `link`, `unlink`, and what is proposed; CSV in and out. */
export function addItem(program: Command, shell: Shell): void {
  const item = program
    .command('item')
    .description('the register of things: what there is, whose it is, on what it runs, and who can run it');
  addList(item, shell);
  addShow(item, shell);
  addAdd(item, shell);
  addChange(item, shell);
  addRetire(item, shell);
  addLinks(item, shell);
  addProposals(item, shell);
  addCsv(item, shell, 'items');
}

interface ListOptions {
  readonly kind?: ItemKind;
  readonly life?: ItemLife;
  readonly core?: boolean;
  readonly all?: boolean;
}

function addList(item: Command, shell: Shell): void {
  const list = item
    .command('list', { isDefault: true })
    .description('list them')
    .addOption(new Option('--kind <kind>', 'of one kind').choices(ItemKind.enum))
    .addOption(new Option('--life <life>', 'so far in their life').choices(ItemLife.enum))
    .option('--core', 'that are core for something')
    .option('--all', 'retired ones, too');
  carriesOut<ListOptions>(list, shell, async ({ api, output, options, words }) => {
    const { kind, life, core, all } = options;
    const every = await allItems(api);
    const found = every.filter(
      (each) =>
        (kind === undefined || each.kind === kind) &&
        (life === undefined ? all === true || each.life !== 'retired' : each.life === life) &&
        (core !== true || each.core_for.length > 0),
    );
    const who = called(output.json ? new Map() : await uidsById(api), words);
    const nothing = every.length === 0 ? words.item.nothing : words.item.noneOfThose;
    output.answer(found, ...table(found, itemColumns(words, who), output, nothing));
  });
}

function addShow(item: Command, shell: Shell): void {
  const show = item
    .command('show')
    .argument('<item>', 'its id, its name, or what it stands for')
    .description('show one: what it needs, and who can run it');
  carriesOut(show, shell, async ({ api, output, words }, reference) => {
    const found = await whichItem(api, reference, words);
    const who = called(output.json ? new Map() : await uidsById(api), words);
    output.answer(found, ...itemLines(found, words, who, shell.now()).map(printable));
  });
}

function addAdd(item: Command, shell: Shell): void {
  const add = addStandsFor(
    addFields(
      item
        .command('add')
        .argument('<name>', 'what it is called; no person’s name')
        .description('register an item (INFRA-2); --kind and --layer must be given')
        .option('--id <id>', 'left out: made of the name'),
    ),
  );
  carriesOut<FieldOptions & { readonly id?: string }>(
    add,
    shell,
    async ({ api, output, options, words, language }, name) => {
      const body = {
        life: 'in-use',
        core: 'no',
        space_wide: false,
        ...(await fieldsOf(api, options, words, language)),
        name,
        ...(options.id !== undefined && { id: options.id }),
      };
      const made = await api.send('POST', '/api/v1/items', body, ItemResource);
      output.answer(made, said(words.item.registered(made.id, made.name), 'INFRA-2'));
    },
  );
}

function addChange(item: Command, shell: Shell): void {
  const change = addClear(
    addStandsFor(
      addFields(
        item
          .command('change')
          .argument('<item>', 'its id, its name, or what it stands for')
          .description('change what is named, and leave the rest as it is')
          .option('--name <name>', 'what it is called'),
      ),
    ),
  );
  carriesOut<FieldOptions & { readonly clear?: readonly string[] }>(
    change,
    shell,
    async ({ api, output, options, words, language }, reference) => {
      const cleared = clearedOf(options.clear, words);
      const given = await fieldsOf(api, options, words, language);
      if (Object.keys(given).length + cleared.length === 0) throw new UsageError(words.sayWhat);
      const { id } = await whichItem(api, reference, words);
      // Whatever somebody else says of it meanwhile is not written over.
      const { value, etag } = await api.read(itemPath(id), ItemResource);
      const fields: Partial<ItemFields> = { ...fieldsOfItem(value), ...given };
      for (const field of cleared) delete fields[field];
      const changed = await api.send('PUT', itemPath(id), fields, ItemResource, etag);
      output.answer(changed, said(words.item.changed(changed.name), 'INFRA-2'));
    },
  );
}

function addRetire(item: Command, shell: Shell): void {
  const retire = item
    .command('retire')
    .argument('<item>', 'its id, its name, or what it stands for')
    .description('it is used no more; refused while something in use depends on it')
    .option('--because <why>', 'why');
  carriesOut<{ readonly because?: string }>(
    retire,
    shell,
    async ({ api, output, options: { because }, words }, reference) => {
      const { id } = await whichItem(api, reference, words);
      const body = because === undefined ? {} : { because };
      const retired = await api.send('POST', `${itemPath(id)}/retirement`, body, ItemResource);
      output.answer(retired, said(words.item.retired(retired.name), 'TEAM-3'));
    },
  );
}

function addLinks(item: Command, shell: Shell): void {
  for (const name of ['link', 'unlink'] as const) {
    const command = item
      .command(name)
      .argument('<item>', 'its id, its name, or what it stands for')
      .addArgument(new Argument('<how>', 'what it needs of the other').choices(LinkKind.enum))
      .argument('<target>', 'an item by id or name, or a thing such as ups/rack')
      .description(name === 'link' ? 'say what it needs' : 'say that it needs it no more');
    carriesOut(command, shell, async ({ api, output, words }, reference, how, all) => {
      const { id } = await whichItem(api, reference, words);
      const kind = LinkKind.enum.find((each) => each === how) ?? 'depends-on';
      const to = await targetOf(api, all[2] ?? '', words);
      const path = `${itemPath(id)}/links`;
      const found =
        name === 'link'
          ? await api.send('POST', path, { kind, to }, ItemResource)
          : await api.send('DELETE', `${path}/${kind}/${to}`, {}, ItemResource);
      const text = name === 'link' ? words.item.linked : words.item.unlinked;
      output.answer(found, said(text(found.name, words.item.links[kind], to), 'INFRA-2'));
    });
  }
}
