import { resolve } from 'node:path';
import { MeResource } from '@huismeester/contracts';
import type { Command } from 'commander';
import { Type } from 'typebox';
import { type Language, languageOf, languageOption } from '../language.ts';
import { printable } from '../printable.ts';
import { writePrivately } from '../private-file.ts';
import { connected, type Shell } from '../shell.ts';
import { civilTime } from '../time.ts';
import { wordsIn } from './words.ts';
import type { Words } from './words-en.ts';

interface WhoamiOptions {
  readonly lang?: Language;
  readonly export?: string;
}

/** `whoami`: as whom Huismeester knows who asks, and what that one may. */
export function addWhoami(program: Command, shell: Shell): void {
  program
    .command('whoami')
    .description('show as whom you are known, and what you may')
    .option('--export <file>', 'write all that is kept about you to a file that only you can read')
    .addOption(languageOption())
    .action(({ lang, export: file }: WhoamiOptions, command: Command) =>
      connected(command, shell, async ({ api, output }) => {
        const words = wordsIn[languageOf(lang, shell.env)];
        if (file === undefined) {
          const me = await api.get('/api/v1/me', MeResource);
          return output.answer(me, ...meLines(me, api.place, words).map(printable));
        }
        const all = await api.get('/api/v1/me/export', Type.Object({}));
        const path = resolve(shell.cwd, file);
        await writePrivately(path, `${JSON.stringify(all, null, 2)}\n`);
        output.answer({ file: path }, printable(words.me.exported(path)));
      }),
    );
}

export function meLines(me: MeResource, place: string, words: Words): string[] {
  const { uid, name, person, mail = [], name_in_log, roles, register, session } = me;
  const who = uid ?? person ?? name_in_log;
  const about = name ?? (person === undefined ? words.me.nobody : undefined);
  const rows: [string, string | undefined][] = [
    [words.me.roles, roles.map((role) => words.roles[role]).join(', ') || words.none],
    [words.me.register, register && words.register[register]],
    [words.me.mail, mail.join(', ') || undefined],
    [words.me.inLog, name_in_log],
    [words.me.session, session && words.me.until(civilTime(session.expires))],
    [words.me.place, place],
  ];
  const width = Math.max(...rows.map(([label]) => label.length)) + 2;
  return [
    about === undefined ? who : `${who} (${about})`,
    ...rows.flatMap(([label, text]) => (text === undefined ? [] : [`  ${label.padEnd(width)}${text}`])),
  ];
}
