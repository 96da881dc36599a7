import { ApplicationResource } from '@huismeester/contracts';
import type { Command } from 'commander';
import { wholeNumber } from '../commands/options.ts';
import { called } from '../people/called.ts';
import { uidsById } from '../people/uids.ts';
import type { Connected, Shell } from '../shell.ts';
import { carriesOut } from './action.ts';
import { applicationLines, applicationTable } from './application-lines.ts';
import { said } from './said.ts';
import { allApplications, applicationPath, isGoingOn, whichApplication } from './which-application.ts';
import type { Words } from './words-en.ts';

/** `application`: who has applied to the team; `application show PERSON`, `application trial PERSON --days N`. */
export function addApplication(program: Command, shell: Shell): void {
  const application = program
    .command('application')
    .description('list who has applied to the team, and how that stands (JOIN-1)');
  const list = application
    .command('list', { isDefault: true })
    .description('list what goes on')
    .option('--all', 'those that are over, too');
  carriesOut<{ all?: boolean }>(list, shell, async ({ api, output, options, words }) => {
    const all = await allApplications(api);
    const found = options.all ? all : all.filter(isGoingOn);
    const who = called(output.json ? new Map() : await uidsById(api), words);
    output.answer(found, ...applicationTable(found, output, words, who));
  });
  const show = application
    .command('show')
    .argument('<person>', 'who applied, by login name or id')
    .description('show one, with the votes for who may read them');
  carriesOut(show, shell, async (asked, reference) => {
    const { api, words, language } = asked;
    const { application: found } = await whichApplication(api, reference, words, language);
    await showApplication(asked, found, words);
  });
  const trial = application
    .command('trial')
    .argument('<person>', 'who applied, by login name or id')
    .description('set how long the trial is that somebody begins with, before that begins (JOIN-3)')
    .requiredOption('--days <n>', 'in days; 0: none', wholeNumber(0, 365));
  carriesOut<{ days: number }>(trial, shell, async ({ api, output, options, words, language }, reference) => {
    const { application: found, called: who } = await whichApplication(api, reference, words, language);
    const { days } = options;
    const now = await api.send('PUT', `${applicationPath(found.id)}/trial`, { days }, ApplicationResource);
    output.answer(now, said(words.application.trialSet(who, days), 'JOIN-3'));
  });
}

/** Prints an application as it stands. */
export async function showApplication(
  { api, output }: Connected,
  found: ApplicationResource,
  words: Words,
): Promise<void> {
  const who = called(output.json ? new Map() : await uidsById(api), words);
  output.answer(found, ...applicationLines(found, words, who));
}
