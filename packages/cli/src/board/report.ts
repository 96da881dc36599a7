import { ReportResource } from '@huismeester/contracts';
import { type Command, Option } from 'commander';
import type { Api } from '../api.ts';
import { NotFine, Refused, UsageError } from '../errors.ts';
import { called } from '../people/called.ts';
import { uidsById } from '../people/uids.ts';
import { printable } from '../printable.ts';
import type { Shell } from '../shell.ts';
import { table } from '../table.ts';
import { said } from '../team/said.ts';
import { civilTime } from '../time.ts';
import { carriesOut } from './action.ts';
import type { Words } from './words-en.ts';

const path = '/api/v1/reports';
const of = (id: string) => `${path}/${encodeURIComponent(id)}`;
const formats = ['text', 'markdown', 'html'] as const;
type Format = (typeof formats)[number];

interface Days {
  readonly from?: string;
  readonly to?: string;
}

interface Shown {
  readonly format?: Format;
}

/** `report list`, `show`, `preview`, `make`, `send`, `forwarded`: the report to the board (BOARD-2). It is in Dutch, whatever the language of the command. */
export function addReport(program: Command, shell: Shell): void {
  const report = program
    .command('report')
    .description('the reports to the board, each of a month, in Dutch (BOARD-2)');
  addList(report, shell);
  addShow(report, shell);
  addPreview(report, shell);
  addMake(report, shell);
  addSend(report, shell);
}

function addList(report: Command, shell: Shell): void {
  const list = report
    .command('list', { isDefault: true })
    .description('list those that were made, and what became of each');
  carriesOut(list, shell, async ({ api, output, words }) => {
    const { report: say } = words;
    const found = await allReports(api);
    const who = called(output.json ? new Map() : await uidsById(api), words);
    output.answer(
      found,
      ...table(
        found,
        [
          { head: say.heads.id, of: ({ id }) => id },
          { head: say.heads.how, of: ({ how }) => say.hows[how] },
          { head: say.heads.made, of: ({ made }) => civilTime(made) },
          {
            head: say.heads.deliveries,
            of: ({ deliveries }) =>
              deliveries
                .map(({ to, state }) => `${to === 'board' ? say.board : who(to)}: ${say.states[state]}`)
                .join(', ') || say.notSent,
            style: ({ deliveries }) =>
              deliveries.some(({ state }) => state === 'failed') ? 'red' : undefined,
          },
          { head: say.heads.forwarded, of: ({ forwarded }) => forwarded && civilTime(forwarded.at) },
        ],
        output,
        say.nothing,
      ),
    );
  });
}

function allReports(api: Api): Promise<ReportResource[]> {
  return api.list(path, ReportResource);
}

/**
 * Does something with the report of an id, or with the newest one where none is given. Throws a {@link NotFine} that names those there are where there is
 * no such report: only then all of them are read, each of which is long.
 */
async function withReport<Done>(
  { api, words: { report } }: { readonly api: Api; readonly words: Words },
  asked: string,
  act: (id: string) => Promise<Done>,
): Promise<Done> {
  const missing = (ids: readonly string[]) =>
    new NotFine(ids.length === 0 ? report.none : report.unknown(asked, ids.join(', ')));
  const id = asked === '' ? (await api.list(path, ReportResource, { order: '-made' }, 1))[0]?.id : asked;
  if (id === undefined) throw missing([]);
  try {
    return await act(id);
  } catch (error) {
    if (!(error instanceof Refused && error.problem.status === 404)) throw error;
    throw missing((await allReports(api)).map((each) => each.id));
  }
}

function withFormat(command: Command): Command {
  return command.addOption(
    new Option('--format <form>', 'as what it is written').choices(formats).default('text'),
  );
}

function withDays(command: Command): Command {
  return command
    .option('--from <day>', 'the first day, such as 2026-11-01')
    .option('--to <day>', 'the day after the last');
}

/** As it came: a report is text of many lines, and HTML is for a file. */
function shown(shell: Shell, text: string, format: Format): void {
  const lines = text.trimEnd().split('\n');
  shell.stdout.write(`${(format === 'html' ? lines : lines.map(printable)).join('\n')}\n`);
}

function addShow(report: Command, shell: Shell): void {
  const show = withFormat(
    report
      .command('show')
      .argument('[id]', 'as `report list` shows it; left out: the newest')
      .description('show one, with the names that people have now'),
  );
  carriesOut<Shown>(show, shell, async ({ api, output, options: { format = 'text' }, words }, asked) => {
    await withReport({ api, words }, asked, async (id) => {
      if (output.json) return output.value(await api.get(of(id), ReportResource));
      shown(shell, await api.text(`${of(id)}/${format}`), format);
    });
  });
}

function addPreview(report: Command, shell: Shell): void {
  const preview = withFormat(
    withDays(
      report
        .command('preview')
        .description(
          'show what a report would say now; left out, of this month so far. Nothing is kept or sent',
        ),
    ),
  );
  carriesOut<Shown & Days>(preview, shell, async ({ api, output, options, words }) => {
    const { format = 'text' } = options;
    // Of neither day it is this month, as the site has it.
    const days = daysOf(options, words);
    const text = await api.text(`${path}/preview`, { ...days, format: output.json ? 'json' : format });
    if (output.json) return output.value(JSON.parse(text));
    shown(shell, text, format);
  });
}

function addMake(report: Command, shell: Shell): void {
  const make = withDays(report.command('make').description('make one of days that are over, and keep it'));
  carriesOut<Days>(make, shell, async ({ api, output, options, words }) => {
    const days = daysOf(options, words);
    if (days === undefined) throw new UsageError(words.report.bothDays);
    const made = await api.send('POST', path, days, ReportResource);
    output.answer(made, said(words.report.made(made.id), 'BOARD-2'));
  });
}

function addSend(report: Command, shell: Shell): void {
  const send = report
    .command('send')
    .argument('[id]', 'as `report list` shows it; left out: the newest')
    .description('send one to the board members in the team, else to the address of the board');
  carriesOut(send, shell, async ({ api, output, words }, asked) => {
    const { report: say } = words;
    const sent = await withReport({ api, words }, asked, (id) =>
      api.send('POST', `${of(id)}/sending`, {}, ReportResource),
    );
    const who = called(output.json ? new Map() : await uidsById(api), words);
    const whom = [...new Set(sent.deliveries.map(({ to }) => (to === 'board' ? say.board : who(to))))];
    output.answer(sent, said(say.sent(sent.id, whom.join(', ')), 'BOARD-2'));
  });
  const forwarded = report
    .command('forwarded')
    .argument('[id]', 'as `report list` shows it; left out: the newest')
    .description('say that you passed it on to the rest of the board, as a board member');
  carriesOut(forwarded, shell, async ({ api, output, words }, asked) => {
    const found = await withReport({ api, words }, asked, (id) =>
      api.send('POST', `${of(id)}/forwarding`, {}, ReportResource),
    );
    output.answer(found, said(words.report.forwarded(found.id), 'BOARD-2'));
  });
}

/** Both or neither. Throws a {@link UsageError} for one alone. */
function daysOf(
  { from, to }: Days,
  { report }: Words,
): { readonly from: string; readonly to: string } | undefined {
  if (from === undefined && to === undefined) return undefined;
  if (from === undefined || to === undefined) throw new UsageError(report.bothDays);
  return { from, to };
}
