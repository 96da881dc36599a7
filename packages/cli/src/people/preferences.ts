import { type PreferencesResource as Preferences, PreferencesResource } from '@huismeester/contracts';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { several } from '../commands/options.ts';
import { Refused, UsageError } from '../errors.ts';
import { type Language, languageOf, languageOption } from '../language.ts';
import { printable } from '../printable.ts';
import { type Connected, connected, type Shell } from '../shell.ts';
import { readKeys } from './ssh-keys.ts';
import { wordsIn } from './words.ts';
import type { Words } from './words-en.ts';

const path = '/api/v1/me/preferences';

interface SetOptions {
  readonly lang?: Language;
  readonly language?: Preferences['language'] | 'default';
  readonly holiday?: NonNullable<Preferences['holiday']> | 'none';
  readonly notices?: Preferences['notices'] | 'default';
  readonly sshKeyFile?: readonly string[];
}

/** `preferences`, `preferences set`: what one chooses for oneself. */
export function addPreferences(program: Command, shell: Shell): void {
  const preferences = program
    .command('preferences')
    .description('show or change what you choose for yourself: language, holiday, notices, SSH keys');
  preferences
    .command('show', { isDefault: true })
    .description('show them')
    .addOption(languageOption())
    .action(({ lang }: { lang?: Language }, command: Command) =>
      connected(command, shell, async ({ api, output }) => {
        const words = wordsIn[languageOf(lang, shell.env)];
        const found = await api.get(path, PreferencesResource);
        output.answer(found, ...preferenceLines(found, words).map(printable));
      }),
    );
  preferences
    .command('set')
    .description('change those that are named, and leave the others as they are')
    .addOption(
      new Option('--language <language>', 'of mails to you; default: as for the space').choices([
        'nl',
        'en',
        'default',
      ]),
    )
    .option(
      '--holiday <from..until>',
      'your days of holiday, such as 2026-12-20..2027-01-03, both included; none: none',
      holidayOf,
    )
    .addOption(
      new Option(
        '--notices <which>',
        'digest: one mail a day, and what is urgent at once; urgent: only that; none: only that a VM of yours goes off; default: as for the space',
      ).choices(['digest', 'urgent', 'none', 'default']),
    )
    .option(
      '--ssh-key-file <file>',
      'public keys, in place of those before; may be repeated; none: no keys',
      several,
    )
    .addOption(languageOption())
    .action(({ lang, ...options }: SetOptions, command: Command) =>
      connected(command, shell, async (with_) => {
        const words = wordsIn[languageOf(lang, shell.env)];
        const after = await set(with_, await changeOf(options, shell.cwd), words);
        with_.output.answer(after, ...preferenceLines(after, words).map(printable));
      }),
    );
}

/** What somebody changed elsewhere since they were read is not lost: they are read again, once, and what was named is changed in that. */
async function set({ api, output }: Connected, change: Change, words: Words): Promise<Preferences> {
  const put = async () => {
    const { value, etag } = await api.read(path, PreferencesResource);
    return api.send('PUT', path, present({ ...value, ...change }), PreferencesResource, etag);
  };
  try {
    return await put();
  } catch (error) {
    if (!(error instanceof Refused && error.problem.status === 412)) throw error;
    output.note(words.preferences.readAgain);
    return put();
  }
}

type Change = { [key in keyof Preferences]?: Preferences[key] | undefined };

async function changeOf(
  { language, holiday, notices, sshKeyFile }: SetOptions,
  cwd: string,
): Promise<Change> {
  const change: Change = {
    ...(language !== undefined && { language: language === 'default' ? undefined : language }),
    ...(holiday !== undefined && { holiday: holiday === 'none' ? undefined : holiday }),
    ...(notices !== undefined && { notices: notices === 'default' ? undefined : notices }),
    ...(sshKeyFile !== undefined && { sshKeys: await readKeys(sshKeyFile, cwd) }),
  };
  if (Object.keys(change).length > 0) return change;
  throw new UsageError('say what to change: --language, --holiday, --notices or --ssh-key-file');
}

function present(change: Change): object {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
}

/** `FROM..UNTIL` or `none`; commander shows the message. */
export function holidayOf(text: string): NonNullable<Preferences['holiday']> | 'none' {
  if (text === 'none') return text;
  const [, from = '', until = ''] = /^(\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)$/.exec(text) ?? [];
  if (!isDay(from) || !isDay(until))
    throw new InvalidArgumentError('It is two days, such as 2026-12-20..2027-01-03, or none.');
  if (until < from) throw new InvalidArgumentError('Its last day is before its first.');
  return { from, until };
}

function isDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

export function preferenceLines(
  { language, holiday, notices, sshKeys = [] }: Preferences,
  { preferences: say }: Words,
): string[] {
  const { labels } = say;
  const rows: [string, string][] = [
    [labels.language, language ?? say.asForTheSpace],
    [labels.holiday, holiday === undefined ? say.noHoliday : say.holiday(holiday.from, holiday.until)],
    [labels.notices, notices === undefined ? say.asForTheSpace : (say.notices[notices] ?? notices)],
    [labels.sshKeys, sshKeys.length === 0 ? say.noKeys : String(sshKeys.length)],
  ];
  const width = Math.max(...rows.map(([label]) => label.length)) + 2;
  return [
    ...rows.map(([label, text]) => `${label.padEnd(width)}${text}`),
    ...sshKeys.map((key) => `  ${key}`),
  ];
}
