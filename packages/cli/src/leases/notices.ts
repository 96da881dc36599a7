import { NoticeResource } from '@huismeester/contracts';
import { type Command, Option } from 'commander';
import { wholeNumber } from '../commands/options.ts';
import { type Language, languageOf, languageOption } from '../language.ts';
import { uidsById } from '../people/uids.ts';
import { connected, type Shell } from '../shell.ts';
import { type Column, table } from '../table.ts';
import { civilTime } from '../time.ts';
import { wordsIn } from './words.ts';
import type { Words } from './words-en.ts';

const path = '/api/v1/notices';

interface NoticesOptions {
  readonly state?: NoticeResource['state'];
  readonly limit: number;
  readonly lang?: Language;
}

/** `notices`: what people were written, newest first. */
export function addNotices(program: Command, shell: Shell): void {
  program
    .command('notices')
    .description('list what people were sent, and what became of it, newest first; the team sees all')
    .addOption(new Option('--state <state>', 'only these').choices(NoticeResource.properties.state.enum))
    .option('--limit <n>', 'how many', wholeNumber(1), 50)
    .addOption(languageOption())
    .action(({ state, limit, lang }: NoticesOptions, command: Command) =>
      connected(command, shell, async ({ api, output }) => {
        const words = wordsIn[languageOf(lang, shell.env)];
        const found = await api.list(path, NoticeResource, { state, order: '-queued' }, limit);
        const uids = output.json ? new Map<string, string>() : await uidsById(api);
        output.answer(found, ...table(found, columns(words, uids), output, words.notices.nothing));
      }),
    );
}

function columns(
  { notices: { heads, states, team } }: Words,
  uids: ReadonlyMap<string, string>,
): readonly Column<NoticeResource>[] {
  return [
    { head: heads.queued, of: ({ queued }) => civilTime(queued) },
    { head: heads.kind, of: ({ kind }) => kind },
    { head: heads.about, of: ({ about }) => about },
    { head: heads.to, of: ({ to }) => (to === 'team' ? team : (uids.get(to) ?? to)) },
    {
      head: heads.state,
      of: ({ state }) => states[state],
      style: ({ state }) => (state === 'handed' ? 'green' : state === 'queued' ? undefined : 'yellow'),
    },
    { head: heads.next, of: ({ next, state }) => (state === 'queued' ? next && civilTime(next) : undefined) },
    { head: heads.error, of: ({ error }) => error },
  ];
}
