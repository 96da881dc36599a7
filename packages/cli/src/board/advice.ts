import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { AdviceResource } from '@huismeester/contracts';
import type { Command } from 'commander';
import type { Api } from '../api.ts';
import { NotFine, UsageError } from '../errors.ts';
import { called, withCalled } from '../people/called.ts';
import { uidsById } from '../people/uids.ts';
import { printable } from '../printable.ts';
import { codeOf } from '../private-file.ts';
import type { Shell } from '../shell.ts';
import { table } from '../table.ts';
import { rowLines, said } from '../team/said.ts';
import { civilTime } from '../time.ts';
import { carriesOut } from './action.ts';
import type { Words } from './words-en.ts';

const path = '/api/v1/advice';
const of = (id: string) => `${path}/${encodeURIComponent(id)}`;
/** So much of an id is shown: with fewer than thousands of them nobody has to type more. */
const shortId = 8;

/** `advice list`, `show`, `add`, `change`, `give`, `answer`, `withdraw`: what the team advises the board (TEAM-3). */
export function addAdvice(program: Command, shell: Shell): void {
  const advice = program
    .command('advice')
    .description('what the team advises the board; it stands in the report until it is answered (TEAM-3)');
  addList(advice, shell);
  addWrite(advice, shell);
  addSteps(advice, shell);
}

function addList(advice: Command, shell: Shell): void {
  const list = advice
    .command('list', { isDefault: true })
    .description('list it, without what was answered')
    .option('--all', 'what was answered, too');
  carriesOut<{ readonly all?: boolean }>(list, shell, async ({ api, output, options, words }) => {
    const { advice: say } = words;
    const found = (await allAdvice(api)).filter(({ state }) => options.all === true || state !== 'answered');
    output.answer(
      found,
      ...table(
        found,
        [
          { head: say.heads.id, of: ({ id }) => id.slice(0, shortId) },
          { head: say.heads.state, of: ({ state }) => say.states[state] },
          { head: say.heads.since, of: ({ since }) => civilTime(since).slice(0, 10) },
          { head: say.heads.title, of: ({ title }) => title },
        ],
        output,
        say.nothing,
      ),
    );
  });
  const show = advice.command('show').argument('<id>', 'as `advice list` shows it').description('show one');
  carriesOut(show, shell, async ({ api, output, words }, id) => {
    const found = await whichAdvice(api, id, words);
    const who = called(output.json ? new Map() : await uidsById(api), words);
    const { labels, states } = words.advice;
    output.answer(
      found,
      printable(found.title),
      ...rowLines([
        [labels.state, states[found.state]],
        [labels.by, withCalled(found.by, who)],
        [labels.since, civilTime(found.since)],
        ...moment(labels.given, found.given),
        ...several(labels.text, found.text),
        ...moment(labels.answered, found.answered),
        ...several(labels.answer, found.answer ?? ''),
      ]),
    );
  });
}

function moment(label: string, at: string | undefined): (readonly [string, string])[] {
  return at === undefined ? [] : [[label, civilTime(at)]];
}

function several(label: string, text: string): (readonly [string, string])[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.map((line, at) => [at === 0 ? label : '', line]);
}

function allAdvice(api: Api): Promise<AdviceResource[]> {
  return api.list(path, AdviceResource);
}

/** The advice whose id this is, or begins so. Throws a {@link NotFine} for none, and for several. */
async function whichAdvice(api: Api, id: string, { advice }: Words): Promise<AdviceResource> {
  const [found, ...more] = (await allAdvice(api)).filter((each) => each.id.startsWith(id));
  if (found === undefined) throw new NotFine(advice.unknown(id));
  if (more.length > 0) throw new NotFine(advice.several(more.length + 1, id));
  return found;
}

interface Text {
  readonly text?: string;
  readonly textFile?: string;
}

const withText = (command: Command): Command =>
  command
    .option('--text <text>', 'what is advised; it names no person')
    .option('--text-file <file>', 'the same, from a file');

function addWrite(advice: Command, shell: Shell): void {
  const add = withText(
    advice
      .command('add')
      .argument('<title>', 'what it is about')
      .description('write down advice to the board'),
  );
  carriesOut<Text>(add, shell, async ({ api, output, options, words }, title) => {
    const text = await textOf(options, shell, words);
    if (text === undefined) throw new UsageError(words.advice.sayText);
    const made = await api.send('POST', path, { title, text }, AdviceResource);
    output.answer(made, said(words.advice.written(made.title, made.id.slice(0, shortId)), 'TEAM-3'));
  });
  const change = withText(
    advice
      .command('change')
      .argument('<id>', 'as `advice list` shows it')
      .description('change what was not given yet')
      .option('--title <title>', 'what it is about'),
  );
  carriesOut<Text & { readonly title?: string }>(
    change,
    shell,
    async ({ api, output, options, words }, id) => {
      const { id: whole, title, text } = await whichAdvice(api, id, words);
      const body = { title: options.title ?? title, text: (await textOf(options, shell, words)) ?? text };
      const changed = await api.send('PUT', of(whole), body, AdviceResource);
      output.answer(changed, said(words.advice.changed(changed.title), 'TEAM-3'));
    },
  );
}

async function textOf(
  { text, textFile }: Text,
  { cwd }: Shell,
  { advice }: Words,
): Promise<string | undefined> {
  if (textFile === undefined) return text;
  const file = resolve(cwd, textFile);
  const read = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new UsageError(advice.unreadable(file, codeOf(cause)), { cause });
  });
  return read.trim();
}

function addSteps(advice: Command, shell: Shell): void {
  const step = (name: string, description: string) =>
    advice.command(name).argument('<id>', 'as `advice list` shows it').description(description);
  carriesOut(step('give', 'give it to the board'), shell, async ({ api, output, words }, id) => {
    const { id: whole } = await whichAdvice(api, id, words);
    const given = await api.send('POST', `${of(whole)}/giving`, {}, AdviceResource);
    output.answer(given, said(words.advice.given(given.title), 'TEAM-3'));
  });
  const answer = step('answer', 'write down what the board answered').argument('<answer>', 'its answer');
  carriesOut(answer, shell, async ({ api, output, words }, id, text) => {
    const { id: whole } = await whichAdvice(api, id, words);
    const answered = await api.send('POST', `${of(whole)}/answer`, { answer: text }, AdviceResource);
    output.answer(answered, said(words.advice.answered(answered.title), 'TEAM-3'));
  });
  carriesOut(
    step('withdraw', 'take back what was not answered'),
    shell,
    async ({ api, output, words }, id) => {
      const { id: whole, title } = await whichAdvice(api, id, words);
      await api.delete(of(whole));
      output.answer({ advice: whole, withdrawn: true }, said(words.advice.withdrawn(title), 'TEAM-3'));
    },
  );
}
