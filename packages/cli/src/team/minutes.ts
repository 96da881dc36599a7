import { ApplicationResource } from '@huismeester/contracts';
import { type Command, Option } from 'commander';
import { NotFine, UsageError } from '../errors.ts';
import { called, idsOf } from '../people/called.ts';
import { uidsById } from '../people/uids.ts';
import { printable } from '../printable.ts';
import type { Connected, Shell } from '../shell.ts';
import { carriesOut } from './action.ts';
import { minutesRows, stateLine } from './application-lines.ts';
import { rowLines, said } from './said.ts';
import { applicationPath, type NamedApplication, whichApplication } from './which-application.ts';
import type { Words } from './words-en.ts';

interface Options {
  readonly date?: string;
  readonly present?: readonly string[];
  readonly outcome?: 'approved' | 'rejected';
  readonly page?: string;
  readonly confirm?: boolean;
  readonly withdraw?: boolean;
}

/** `minutes PERSON`: what a meeting decided about who applied, recorded by one full member and confirmed by another (JOIN-1). */
export function addMinutes(program: Command, shell: Shell): void {
  const minutes = program
    .command('minutes')
    .argument('<person>', 'who applied, by login name or id')
    .description('record what a meeting decided about who applied; another full member confirms it (JOIN-1)')
    .option('--date <day>', 'of the meeting, such as 2026-11-22')
    .option('--present <uid...>', 'who was there, by login name or id')
    .addOption(new Option('--outcome <outcome>', 'what it decided').choices(['approved', 'rejected']))
    .option('--page <page>', 'where its minutes are: a page of the wiki, or an address')
    .addOption(
      new Option('--confirm', 'confirm what another recorded: then it is decided').conflicts([
        'withdraw',
        'date',
      ]),
    )
    .addOption(new Option('--withdraw', 'take back what was recorded').conflicts('date'));
  carriesOut<Options>(minutes, shell, async (asked, reference) => {
    const { api, output, options, words, language } = asked;
    const found = await whichApplication(api, reference, words, language);
    const path = `${applicationPath(found.application.id)}/minutes`;
    if (options.withdraw) {
      await api.delete(path);
      const text = said(words.minutes.withdrawn(found.called), 'JOIN-1');
      return output.answer({ application: found.application.id, withdrawn: true }, text);
    }
    if (options.confirm) return await confirm(asked, found, words);
    const { date, present, outcome, page } = options;
    if (date === undefined && present === undefined && outcome === undefined && page === undefined)
      return output.answer(found.application, ...(await linesOf(asked, found, words)));
    if (date === undefined || present === undefined || outcome === undefined || page === undefined)
      throw new UsageError(words.minutes.sayAll);
    const body = { date, present: await idsOf(api, present, language), outcome, page };
    const now = await api.send('PUT', path, body, ApplicationResource);
    output.answer(
      now,
      said(words.minutes.recorded(found.called), 'JOIN-1'),
      printable(words.minutes.toConfirm(found.called)),
    );
  });
}

async function linesOf(
  { api }: Connected,
  { application, called: name }: NamedApplication,
  words: Words,
  isDecided?: true,
): Promise<string[]> {
  const rows = minutesRows(application, words, called(await uidsById(api), words), isDecided);
  return rows.length === 0 ? [printable(words.minutes.nothing(name))] : rowLines(rows);
}

/** What is confirmed is printed before: who confirms it sees what that was. */
async function confirm(asked: Connected, found: NamedApplication, words: Words): Promise<void> {
  const { api, output } = asked;
  const { application, called: name } = found;
  if (application.minutes === undefined) throw new NotFine(printable(words.minutes.nothing(name)));
  const lines = output.json ? [] : await linesOf(asked, found, words, true);
  const path = `${applicationPath(application.id)}/minutes/confirmation`;
  const now = await api.send('POST', path, { recorded: application.minutes.at }, ApplicationResource);
  output.answer(now, ...lines, said(words.minutes.confirmed(name), 'JOIN-1'), stateLine(now, words));
}
