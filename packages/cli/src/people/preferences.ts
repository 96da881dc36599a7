import { type PreferencesResource as Preferences, PreferencesResource } from '@huismeester/contracts';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { several } from '../commands/options.ts';
import { UsageError } from '../errors.ts';
import { printable } from '../printable.ts';
import { connected, type Shell } from '../shell.ts';
import { readKeys } from './ssh-keys.ts';

const path = '/api/v1/me/preferences';

interface SetOptions {
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
    .action((_: object, command: Command) =>
      connected(command, shell, async ({ api, output }) => {
        const found = await api.get(path, PreferencesResource);
        output.answer(found, ...preferenceLines(found).map(printable));
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
        'digest: one mail a day, and what is urgent at once; urgent: only that; none: no mail; default: as for the space',
      ).choices(['digest', 'urgent', 'none', 'default']),
    )
    .option(
      '--ssh-key-file <file>',
      'public keys, in place of those before; may be repeated; none: no keys',
      several,
    )
    .action((options: SetOptions, command: Command) =>
      connected(command, shell, async ({ api, output }) => {
        const change = await changeOf(options, shell.cwd);
        const before = await api.get(path, PreferencesResource);
        const after = await api.send('PUT', path, present({ ...before, ...change }), PreferencesResource);
        output.answer(after, ...preferenceLines(after).map(printable));
      }),
    );
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

export function preferenceLines({ language, holiday, notices, sshKeys = [] }: Preferences): string[] {
  return [
    `language  ${language ?? 'as for the space'}`,
    `holiday   ${holiday === undefined ? 'none' : `${holiday.from} until ${holiday.until}, both included`}`,
    `notices   ${notices ?? 'as for the space'}`,
    `SSH keys  ${sshKeys.length === 0 ? 'none' : sshKeys.length}`,
    ...sshKeys.map((key) => `  ${key}`),
  ];
}
