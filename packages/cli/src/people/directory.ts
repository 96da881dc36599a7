import { type BigChange, DirectoryResource } from '@huismeester/contracts';
import type { Command } from 'commander';
import { Type } from 'typebox';
import type { Api } from '../api.ts';
import { NotFine } from '../errors.ts';
import { type Language, languageOf, languageOption } from '../language.ts';
import { printable } from '../printable.ts';
import { type Connected, connected, type Shell } from '../shell.ts';
import { changeLines, directoryLines } from './directory-text.ts';
import { uidsById } from './uids.ts';
import { wordsIn } from './words.ts';
import type { Words } from './words-en.ts';

const path = '/api/v1/directory';

interface Options {
  readonly lang?: Language;
  readonly yes?: boolean;
}

type Act = (connected: Connected, words: Words, options: Options) => Promise<void>;

/** `directory`: how well it is known; `read`, `accept` and `confirm`. */
export function addDirectory(program: Command, shell: Shell): void {
  const directory = program
    .command('directory')
    .description('show how well the directory of people is known, and what to do when it is not');
  const add = (name: string, description: string, act: Act, isDefault = false) =>
    directory
      .command(name, { isDefault })
      .description(description)
      .addOption(languageOption())
      .action(({ lang, ...options }: Options, command: Command) =>
        connected(command, shell, (with_) => act(with_, wordsIn[languageOf(lang, shell.env)], options)),
      );
  add(
    'show',
    'show it as it was read last',
    async (with_, words) => show(with_, await get(with_.api), words),
    true,
  );
  add('read', 'have it read now, and show what came of it', async (with_, words) =>
    show(with_, await with_.api.send('POST', `${path}/read`, {}, DirectoryResource), words),
  );
  add('accept', 'take a big change of the directory as it is, on purpose', accept(shell)).option(
    '--yes',
    'without a question; where there is no terminal it takes this',
  );
  add(
    'confirm',
    'say that the team knows that the directory gave people another id',
    async ({ api, output }, words) => {
      await api.send('POST', `${path}/confirmation`, {}, Type.Unknown());
      output.answer({ confirmed: true }, words.directory.confirmed);
    },
  );
}

function get(api: Api): Promise<DirectoryResource> {
  return api.get(path, DirectoryResource);
}

async function show({ api, output }: Connected, found: DirectoryResource, words: Words): Promise<void> {
  // People are asked for only where somebody is named.
  const uids = found.change === undefined || output.json ? new Map() : await uidsById(api);
  output.answer(found, ...directoryLines(found, output, words, uids));
}

/** What is accepted is what was shown: its id goes along, and another change is refused. */
function accept({ ask }: Pick<Shell, 'ask'>): Act {
  return async ({ api, output }, words, { yes = false }) => {
    const { change } = await get(api);
    if (change === undefined) return output.answer({ accepted: false }, words.directory.nothingToAccept);
    const said = changeLines(change, words, await uidsById(api)).map(printable);
    if (!yes && ask === undefined) {
      output.answer({ accepted: false, change }, ...said);
      throw new NotFine(words.directory.sayYes);
    }
    const isAsked = !yes && ask !== undefined;
    if (isAsked && !(await isSure(ask, said, words)))
      return output.answer({ accepted: false, change }, words.directory.notAccepted);
    await sendAcceptance(api, change);
    output.answer(
      { accepted: true, change },
      ...(isAsked ? [] : said),
      printable(words.directory.accepted(change.id)),
    );
  };
}

async function isSure(
  ask: NonNullable<Shell['ask']>,
  said: readonly string[],
  words: Words,
): Promise<boolean> {
  const answer = await ask([...said, words.directory.areYouSure].join('\n'));
  return /^(y|yes|j|ja)$/i.test(answer.trim());
}

async function sendAcceptance(api: Api, { id }: BigChange): Promise<void> {
  await api.send('POST', `${path}/acceptance`, { change: id }, Type.Unknown());
}
