import { Project, Promotion, PromotionWithSteps } from '@huismeester/contracts';
import { type Command, Option } from 'commander';
import { several } from '../commands/options.ts';
import { UsageError } from '../errors.ts';
import { called } from '../people/called.ts';
import { uidsById } from '../people/uids.ts';
import { printable } from '../printable.ts';
import type { Shell } from '../shell.ts';
import { type Column, table } from '../table.ts';
import { civilTime } from '../time.ts';
import { carriesOut } from './action.ts';
import { asksFor, promotionLines } from './promotion-lines.ts';
import { allProjects, whichProject } from './which-project.ts';
import type { Words } from './words-en.ts';

const path = '/api/v1/promotions';
const of = (id: string) => `${path}/${encodeURIComponent(id)}`;

/** `promotion ask`, `list`, `show`, `use`, `withdraw`, and for the team `grant`, `decline`, `undo`. */
export function addPromotion(program: Command, shell: Shell): void {
  const promotion = program
    .command('promotion')
    .description('ask for a project to become space-wide or core, or for one more VM for it');
  addList(promotion, shell);
  addShow(promotion, shell);
  addAsk(promotion, shell);
  addUse(promotion, shell);
  addDecide(promotion, shell);
}

function addList(promotion: Command, shell: Shell): void {
  const list = promotion
    .command('list', { isDefault: true })
    .description('list what was asked, and what became of it')
    .option('--open', 'only what waits for the team, or is not carried out yet');
  carriesOut<{ open?: boolean }>(list, shell, async ({ api, output, options, words }) => {
    const [all, projects] = await Promise.all([api.list(path, Promotion), allProjects(api)]);
    const found = options.open ? all.filter(({ state, done }) => state === 'pending' || done === false) : all;
    const titles = new Map(projects.map(({ id, title }) => [id, title]));
    output.answer(found, ...table(found, columns(words, titles), output, words.promotion.nothing));
  });
}

function columns(words: Words, titles: ReadonlyMap<string, string>): readonly Column<Promotion>[] {
  const { heads, states, unfinished } = words.promotion;
  return [
    { head: heads.at, of: ({ requested_at }) => civilTime(requested_at) },
    { head: heads.what, of: (each) => asksFor(each, words) },
    {
      head: heads.state,
      of: ({ state, done }) => `${states[state]}${done === false ? `, ${unfinished}` : ''}`,
      style: ({ state, done }) => (state === 'pending' || done === false ? 'yellow' : 'dim'),
    },
    { head: heads.users, of: ({ users_count }) => users_count },
    { head: heads.id, of: ({ id }) => id },
    { head: heads.project, of: ({ project }) => titles.get(project) ?? project },
  ];
}

function addShow(promotion: Command, shell: Shell): void {
  const show = promotion
    .command('show')
    .argument('<id>', 'as `promotion list` shows it')
    .description('show one: the answers, how far it is for each VM, and to core what is open');
  carriesOut(show, shell, async ({ api, output, words }, id) => {
    const found = await api.get(of(id), PromotionWithSteps);
    if (output.json) return output.value(found);
    const [project, uids] = await Promise.all([
      api.get(`/api/v1/projects/${encodeURIComponent(found.project)}`, Project),
      uidsById(api),
    ]);
    output.print(...promotionLines(found, project, words, called(uids, words)).map(printable));
  });
}

interface AskOptions {
  readonly to?: 'space-wide' | 'core';
  readonly oneMoreVm?: boolean;
  readonly facilitates?: string;
  readonly needed?: string;
  readonly notCore?: string;
  readonly because?: string;
}

function addAsk(promotion: Command, shell: Shell): void {
  const ask = promotion
    .command('ask')
    .argument('<project>', 'its id or its title')
    .description('ask for it to become space-wide or core, or for one more VM for it; the team decides')
    .addOption(new Option('--to <class>', 'what it is to become').choices(['space-wide', 'core']))
    .addOption(new Option('--one-more-vm', 'of a space-wide project, by a manager (SPACE-7)').conflicts('to'))
    .option('--facilitates <text>', 'how it serves meetings or other projects (SPACE-1)')
    .option('--needed <text>', 'who needs it')
    .option('--not-core <text>', 'why it is not core infra, or would be')
    .option('--because <why>', 'with --one-more-vm or --to core: why');
  carriesOut<AskOptions>(ask, shell, async ({ api, output, options, words }, reference) => {
    const { to, oneMoreVm = false, because } = options;
    const say = words.promotion;
    if (to === undefined && !oneMoreVm) throw new UsageError(say.sayOne);
    // To core the team asks itself, having judged by the three criteria before (SPACE-8).
    if ((oneMoreVm || to === 'core') && because === undefined) throw new UsageError(say.sayBecause);
    const project = await whichProject(api, reference, words);
    const what = {
      ...(oneMoreVm ? { kind: 'one-more-vm' } : { to }),
      ...(to === 'space-wide' && { answers: await answersOf(options, say, shell) }),
      ...(because !== undefined && { because }),
    };
    const asked = await api.send('POST', path, { project: project.id, ...what }, Promotion);
    output.answer(asked, printable(say.asked(asked.id)));
  });
}

/** The three criteria of SPACE-1, asked for at a terminal where they are not given. */
async function answersOf(
  { facilitates, needed, notCore }: AskOptions,
  { questions, sayAnswers }: Words['promotion'],
  { ask }: Pick<Shell, 'ask'>,
): Promise<object> {
  const answer = async (given: string | undefined, question: string) => {
    if (given !== undefined) return given;
    if (ask === undefined) throw new UsageError(sayAnswers);
    return (await ask(`${question} `)).trim();
  };
  return {
    facilitates: await answer(facilitates, questions.facilitates),
    needed: await answer(needed, questions.needed),
    'not-core': await answer(notCore, questions['not-core']),
  };
}

function addUse(promotion: Command, shell: Shell): void {
  const use = promotion
    .command('use')
    .argument('<id>', 'as `promotion list` shows it')
    .description('say that you use it too: shown to who decides, decides nothing');
  carriesOut(use, shell, async ({ api, output, words }, id) => {
    const found = await api.send('POST', `${of(id)}/users`, {}, Promotion);
    output.answer(found, words.promotion.used(found.users_count));
  });
  const withdraw = promotion
    .command('withdraw')
    .argument('<id>', 'as `promotion list` shows it')
    .description('withdraw what you asked');
  carriesOut(withdraw, shell, async ({ api, output, words }, id) => {
    const found = await api.send('DELETE', of(id), {}, Promotion);
    output.answer(found, words.promotion.withdrawn);
  });
}

interface Verdict {
  readonly because: string;
  readonly confirm?: readonly string[];
}

function addDecide(promotion: Command, shell: Shell): void {
  const add = (name: string, description: string) =>
    promotion
      .command(name)
      .argument('<id>', 'as `promotion list` shows it')
      .description(description)
      .requiredOption('--because <why>', 'why; everybody can read it');
  const grant = add('grant', 'grant it, for the team').option(
    '--confirm <clause>',
    'to core: an open point that you have read, such as CORE-1; may be repeated',
    several,
  );
  carriesOut<Verdict>(grant, shell, async ({ api, output, options, words }, id) => {
    const { because, confirm } = options;
    const body = { how: 'granted', because, ...(confirm && { confirm }) };
    const found = await api.send('PUT', `${of(id)}/decision`, body, Promotion);
    output.answer(found, printable(words.promotion.granted(found.id)));
  });
  carriesOut<Verdict>(add('decline', 'decline it, for the team'), shell, async (asked, id) => {
    const { api, output, options, words } = asked;
    const body = { how: 'declined', because: options.because };
    const found = await api.send('PUT', `${of(id)}/decision`, body, Promotion);
    output.answer(found, words.promotion.declined);
  });
  const undo = add('undo', 'undo what another full member granted, within a week');
  carriesOut<Verdict>(undo, shell, async ({ api, output, options, words }, id) => {
    const body = { because: options.because };
    const found = await api.send('DELETE', `${of(id)}/decision`, body, Promotion);
    output.answer(found, printable(words.promotion.undone(found.id)));
  });
}
