import { Project, ProjectWithHistory, VmClass } from '@huismeester/contracts';
import { type Command, Option } from 'commander';
import type { Api } from '../api.ts';
import { several } from '../commands/options.ts';
import { UsageError } from '../errors.ts';
import type { Language } from '../language.ts';
import { type Called, called, idOf, idsOf } from '../people/called.ts';
import { uidsById } from '../people/uids.ts';
import { printable } from '../printable.ts';
import type { Shell } from '../shell.ts';
import { type Column, table } from '../table.ts';
import { carriesOut } from './action.ts';
import { addAgreement } from './agreement.ts';
import { addEnd } from './end.ts';
import { projectLines } from './project-lines.ts';
import { allProjects, whichProject } from './which-project.ts';
import type { Words } from './words-en.ts';

/** `project list`, `show`, `create`, `change`, `agree`, and how one ends. */
export function addProject(program: Command, shell: Shell): void {
  const project = program
    .command('project')
    .description('the register of projects: what they are for, and who runs them');
  addList(project, shell);
  addShow(project, shell);
  addCreate(project, shell);
  addChange(project, shell);
  addAgreement(project, shell);
  addEnd(project, shell);
}

interface ListOptions {
  readonly class?: Project['class'];
  readonly all?: boolean;
}

function addList(project: Command, shell: Shell): void {
  const list = project
    .command('list', { isDefault: true })
    .description('list them')
    .addOption(new Option('--class <class>', 'of one class').choices(VmClass.enum))
    .option('--all', 'those that are over, too');
  carriesOut<ListOptions>(list, shell, async ({ api, output, options, words }) => {
    const found = (await allProjects(api)).filter(
      (each) =>
        (options.class === undefined || each.class === options.class) &&
        (options.all === true || each.state !== 'retired'),
    );
    const who = output.json ? called(new Map(), words) : called(await uidsById(api), words);
    output.answer(found, ...table(found, columns(words, who), output, words.project.nothing));
  });
}

function columns({ project: { heads }, classes, states }: Words, who: Called): readonly Column<Project>[] {
  return [
    { head: heads.id, of: ({ id }) => id },
    { head: heads.class, of: (each) => classes[each.class] },
    {
      head: heads.state,
      of: ({ state }) => states[state],
      style: ({ state }) => (state === 'active' ? undefined : 'dim'),
    },
    { head: heads.owner, of: ({ owner }) => who(owner) },
    { head: heads.vms, of: ({ vms }) => vms.join(', ') },
    { head: heads.title, of: ({ title }) => title },
  ];
}

function addShow(project: Command, shell: Shell): void {
  const show = project
    .command('show')
    .argument('<project>', 'its id or its title')
    .description('show one, with its history');
  carriesOut(show, shell, async ({ api, output, words, language }, reference) => {
    const { id } = await whichProject(api, reference, words);
    const found = await api.get(`/api/v1/projects/${encodeURIComponent(id)}`, ProjectWithHistory);
    const who = output.json ? called(new Map(), words) : called(await uidsById(api), words);
    output.answer(found, ...projectLines(found, words, who, language).map(printable));
  });
}

interface Fields {
  readonly title?: string;
  readonly purpose?: string;
  readonly person?: readonly string[];
  readonly manager?: readonly string[];
  readonly wiki?: string;
  readonly hardware?: readonly string[];
}

function addFields(command: Command): Command {
  return command
    .option('--purpose <text>', 'what it is for')
    .option('--person <uid>', 'who takes part, by uid or id; may be repeated', several)
    .option('--manager <uid>', 'who may start, reboot and hold its VMs (SPACE-5); may be repeated', several)
    .option('--wiki <url>', 'the page with its design decisions')
    .option('--hardware <what>', 'what it needs that is no VM; may be repeated', several);
}

function addCreate(project: Command, shell: Shell): void {
  const create = addFields(
    project
      .command('create')
      .argument('<title>', 'what it is called; no person’s name')
      .description('put a project without a VM into the register; one with a VM begins with it')
      .addOption(
        new Option('--class <class>', 'participant if left out; the others are the team’s').choices(
          VmClass.enum,
        ),
      ),
  );
  carriesOut<Fields & ListOptions>(
    create,
    shell,
    async ({ api, output, options, words, language }, title) => {
      const body = {
        title,
        ...(await fieldsOf(api, options, language)),
        ...(options.class !== undefined && { class: options.class }),
      };
      const made = await api.send('POST', '/api/v1/projects', body, Project);
      output.answer(made, printable(words.project.registered(made.id, made.title)));
    },
  );
}

interface ChangeOptions extends Fields {
  readonly owner?: string;
  readonly because?: string;
}

function addChange(project: Command, shell: Shell): void {
  const change = addFields(
    project
      .command('change')
      .argument('<project>', 'its id or its title')
      .description('change what is named, and leave the rest as it is')
      .option('--title <title>', 'what it is called')
      .option('--owner <uid>', 'who carries it out')
      .option('--because <why>', 'why; everybody can read it'),
  );
  carriesOut<ChangeOptions>(change, shell, async ({ api, output, options, words, language }, reference) => {
    const { title, owner, because } = options;
    const fields = {
      ...(await fieldsOf(api, options, language)),
      ...(title !== undefined && { title }),
      ...(owner !== undefined && { owner: await idOf(api, owner, language) }),
    };
    if (Object.keys(fields).length === 0) throw new UsageError(words.project.sayWhat);
    const { id } = await whichProject(api, reference, words);
    const body = { ...fields, ...(because !== undefined && { because }) };
    const path = `/api/v1/projects/${encodeURIComponent(id)}`;
    const changed = await api.send('PATCH', path, body, Project);
    output.answer(changed, printable(words.project.changed(changed.title)));
  });
}

async function fieldsOf(
  api: Api,
  { purpose, person, manager, wiki, hardware }: Fields,
  language: Language,
): Promise<object> {
  return {
    ...(purpose !== undefined && { purpose }),
    ...(person !== undefined && { people: await idsOf(api, person, language) }),
    ...(manager !== undefined && { managers: await idsOf(api, manager, language) }),
    ...(wiki !== undefined && { wiki }),
    ...(hardware !== undefined && { hardware }),
  };
}
