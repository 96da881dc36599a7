import { DesignDecisionResource, DesignStatus } from '@huismeester/contracts';
import { type Command, Option } from 'commander';
import { Type } from 'typebox';
import type { Api } from '../api.ts';
import { NotFine, UsageError } from '../errors.ts';
import { printable } from '../printable.ts';
import type { Shell } from '../shell.ts';
import { type Column, table } from '../table.ts';
import { rowLines, said } from '../team/said.ts';
import { civilTime } from '../time.ts';
import { carriesOut } from './action.ts';
import { whichItem } from './which-item.ts';
import type { Words } from './words-en.ts';

const path = '/api/v1/design-decisions';
const of = (id: string) => `${path}/${encodeURIComponent(id)}`;
const clauses = ['CORE-5', 'SPACE-6'] as const;

/** `design list`, `show`, `add`, `change`, `remove`, `look`, `new`: design decisions, and their pages of the wiki. */
export function addDesign(program: Command, shell: Shell): void {
  const design = program
    .command('design')
    .description('design decisions (ontwerpbesluiten), each with its page of the wiki (CORE-5, SPACE-6)');
  addList(design, shell);
  addAdd(design, shell);
  addChange(design, shell);
  addLook(design, shell);
  addNew(design, shell);
}

function addList(design: Command, shell: Shell): void {
  const list = design
    .command('list', { isDefault: true })
    .description('list them, with what the wiki says of each page')
    .addOption(new Option('--status <status>', 'of one status').choices(DesignStatus.enum));
  carriesOut<{ readonly status?: DesignStatus }>(list, shell, async ({ api, output, options, words }) => {
    const found = (await allDecisions(api)).filter(
      ({ status }) => options.status === undefined || status === options.status,
    );
    output.answer(found, ...table(found, columns(words), output, words.design.nothing));
  });
  const show = design.command('show').argument('<id>', 'as `design list` shows it').description('show one');
  carriesOut(show, shell, async ({ api, output, words }, id) => {
    const found = await oneOf(api, id, words);
    output.answer(found, ...decisionLines(found, words).map(printable));
  });
}

function allDecisions(api: Api): Promise<DesignDecisionResource[]> {
  return api.list(path, DesignDecisionResource);
}

async function oneOf(api: Api, id: string, { design }: Words): Promise<DesignDecisionResource> {
  const found = (await allDecisions(api)).find((each) => each.id === id);
  if (found === undefined) throw new NotFine(design.unknownDecision(id));
  return found;
}

function columns(words: Words): readonly Column<DesignDecisionResource>[] {
  const { design } = words;
  return [
    { head: design.heads.id, of: ({ id }) => id },
    { head: design.heads.status, of: ({ status }) => design.statuses[status] },
    { head: design.heads.of, of: ofWhat },
    {
      head: design.heads.read,
      of: (each) => readText(each, words),
      style: ({ read, page }) =>
        page === undefined || (read && read.state !== 'found') ? 'yellow' : undefined,
    },
    { head: design.heads.page, of: ({ page }) => page },
    { head: design.heads.title, of: ({ title }) => title },
  ];
}

function ofWhat({ item, project }: DesignDecisionResource): string | undefined {
  return item === undefined ? project && `project/${project}` : `item/${item}`;
}

function readText({ read, unknown, page }: DesignDecisionResource, { design }: Words): string {
  if (page === undefined) return design.noPage;
  if (read === undefined && unknown === undefined) return design.unread;
  const state = read === undefined ? design.unread : design.states[read.state];
  const text = read === undefined || read.confirmed ? state : design.unconfirmed(state);
  return unknown === undefined ? text : design.unknown(text, unknown.why);
}

function decisionLines(found: DesignDecisionResource, words: Words): string[] {
  const { design } = words;
  const { labels } = design;
  const { title, id, status, superseded_by, page, url, read, since } = found;
  const revision =
    read?.revision === undefined
      ? undefined
      : design.revised(String(read.revision), civilTime(read.revised_at ?? read.since));
  return [
    `${title} (${id})`,
    ...rowLines([
      [labels.status, design.statuses[status]],
      [labels.by, superseded_by],
      [labels.of, ofWhat(found)],
      [labels.page, page ?? design.noPage],
      [labels.url, url],
      [labels.read, page === undefined ? undefined : readText(found, words)],
      [labels.revision, revision],
      [labels.since, civilTime(since)],
    ]),
  ];
}

interface Fields {
  readonly title?: string;
  readonly status?: DesignStatus;
  readonly supersededBy?: string;
  readonly item?: string;
  readonly project?: string;
  readonly page?: string;
}

const addFields = (command: Command): Command =>
  command
    .addOption(new Option('--status <status>', 'how far it is').choices(DesignStatus.enum))
    .option('--superseded-by <id>', 'the decision that stands in its place')
    .option('--item <item>', 'the item that it is about')
    .option('--project <id>', 'the project that it is about')
    .option('--page <page>', 'its page of the wiki: the title, or any URL of it');

async function fieldsOf(api: Api, options: Fields, words: Words): Promise<object> {
  const { title, status, supersededBy, item, project, page } = options;
  return {
    ...(title !== undefined && { title }),
    ...(status !== undefined && { status }),
    ...(supersededBy !== undefined && { superseded_by: supersededBy }),
    ...(item !== undefined && { item: (await whichItem(api, item, words)).id }),
    ...(project !== undefined && { project }),
    ...(page !== undefined && { page }),
  };
}

function addAdd(design: Command, shell: Shell): void {
  const add = addFields(
    design
      .command('add')
      .argument('<title>', 'what was decided')
      .description('register one; it is proposed if --status does not say otherwise')
      .option('--id <id>', 'left out: made of the title'),
  );
  carriesOut<Fields & { readonly id?: string }>(
    add,
    shell,
    async ({ api, output, options, words }, title) => {
      const fields = await fieldsOf(api, options, words);
      const body = {
        status: 'proposed',
        ...fields,
        title,
        ...(options.id !== undefined && { id: options.id }),
      };
      const made = await api.send('POST', path, body, DesignDecisionResource);
      output.answer(made, said(words.design.registered(made.id, made.title), ...clauses));
    },
  );
}

function addChange(design: Command, shell: Shell): void {
  const change = addFields(
    design
      .command('change')
      .argument('<id>', 'as `design list` shows it')
      .description('change what is named, and leave the rest as it is')
      .option('--title <title>', 'what was decided'),
  );
  carriesOut<Fields>(change, shell, async ({ api, output, options, words }, id) => {
    const fields = await fieldsOf(api, options, words);
    if (Object.keys(fields).length === 0) throw new UsageError(words.sayWhat);
    const changed = await api.send('PATCH', of(id), fields, DesignDecisionResource);
    output.answer(changed, said(words.design.changed(changed.title), ...clauses));
  });
  const remove = design
    .command('remove')
    .argument('<id>', 'as `design list` shows it')
    .description('it was registered by mistake; its page of the wiki stays as it is');
  carriesOut(remove, shell, async ({ api, output, words }, id) => {
    const { title } = await oneOf(api, id, words);
    await api.delete(of(id));
    output.answer({ decision: id, removed: true }, said(words.design.removed(title), ...clauses));
  });
}

function addLook(design: Command, shell: Shell): void {
  const look = design
    .command('look')
    .argument('[id]', 'left out: all of them')
    .description('have their pages looked up on the wiki now');
  carriesOut(look, shell, async ({ api, output, words }, id) => {
    if (id !== '') await oneOf(api, id, words);
    await api.send('POST', id === '' ? `${path}/look` : `${of(id)}/look`, {}, Type.Unknown());
    const found = (await allDecisions(api)).filter((each) => id === '' || each.id === id);
    output.answer(found, words.design.looked, ...table(found, columns(words), output, words.design.nothing));
  });
}

function addNew(design: Command, shell: Shell): void {
  const make = design
    .command('new')
    .argument('<id>', 'as `design list` shows it')
    .description(
      'make its page on the wiki, if settings allow that (wiki.writes); a page that is there is never changed',
    );
  carriesOut(make, shell, async ({ api, output, words }, id) => {
    const made = await api.send('POST', `${of(id)}/page`, {}, DesignDecisionResource);
    output.answer(made, printable(words.design.made(made.title, made.url ?? made.page ?? '')));
  });
}
