import { SessionResource } from '@huismeester/contracts';
import type { Command } from 'commander';
import { type Language, languageOf, languageOption } from '../language.ts';
import { printable } from '../printable.ts';
import { connected, type Shell } from '../shell.ts';
import { type Column, table } from '../table.ts';
import { civilTime } from '../time.ts';
import { wordsIn } from './words.ts';
import type { Words } from './words-en.ts';

const path = '/api/v1/sessions';

/** `sessions`, `sessions end`: where one is logged in. */
export function addSessions(program: Command, shell: Shell): void {
  const sessions = program.command('sessions').description('list or end your sessions');
  sessions
    .command('list', { isDefault: true })
    .description('list your sessions: since when, until when, and which one this is')
    .addOption(languageOption())
    .action(({ lang }: { lang?: Language }, command: Command) =>
      connected(command, shell, async ({ api, output }) => {
        const { sessions: words } = wordsIn[languageOf(lang, shell.env)];
        const own = await api.list(path, SessionResource);
        output.answer(own, ...table(own, columnsOf(words), output, words.nothing));
      }),
    );
  sessions
    .command('end')
    .argument('<id>', 'as `sessions` shows it')
    .description('end one of your sessions, such as one on a machine that you lost')
    .addOption(languageOption())
    .action((id: string, { lang }: { lang?: Language }, command: Command) =>
      connected(command, shell, async ({ api, output }) => {
        await api.delete(`${path}/${encodeURIComponent(id)}`);
        const { sessions: words } = wordsIn[languageOf(lang, shell.env)];
        output.answer({ session: id, ended: true }, printable(words.ended(id)));
      }),
    );
}

function columnsOf({ heads, current }: Words['sessions']): Column<SessionResource>[] {
  return [
    { head: heads.id, of: ({ id }) => id },
    { head: heads.created, of: ({ created }) => civilTime(created) },
    { head: heads.expires, of: ({ expires }) => civilTime(expires) },
    { head: heads.note, of: (session) => (session.current ? current : undefined), style: () => 'green' },
  ];
}
