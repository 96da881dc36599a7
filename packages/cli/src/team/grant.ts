import type { GrantResource } from '@huismeester/contracts';
import { type Command, Option } from 'commander';
import { Type } from 'typebox';
import { NotFine, UsageError } from '../errors.ts';
import type { Called } from '../people/called.ts';
import { called } from '../people/called.ts';
import { uidsById } from '../people/uids.ts';
import { whichPerson } from '../people/which-person.ts';
import type { Shell } from '../shell.ts';
import { type Column, table } from '../table.ts';
import { civilTime } from '../time.ts';
import { carriesOut } from './action.ts';
import { memberPath, readMember } from './member-acts.ts';
import { momentOf } from './moment.ts';
import { said } from './said.ts';
import type { Words } from './words-en.ts';

interface Options {
  readonly until?: string;
  readonly for?: string;
  readonly core?: boolean;
  readonly end?: boolean;
}

/** `grant PERSON`: what somebody on trial may act on; `grant PERSON TARGET --until …` lets them, `--end` ends it (JOIN-3). */
export function addGrant(program: Command, shell: Shell): void {
  const grant = program
    .command('grant')
    .argument('<person>', 'somebody on trial, by login name or id')
    .argument(
      '[target]',
      'class/participant, class/space-wide, class/core, or a thing such as vm/104; lists them if left out',
    )
    .description('let somebody who is on trial act on something until a day, for the team (JOIN-3)')
    .option('--until <day>', 'until then, such as 2027-03-01; at most a year')
    .addOption(new Option('--for <length>', 'so long, such as 30d').conflicts('until'))
    .option('--core', 'it is core, and that is meant (CORE-4)')
    .option('--end', 'end what was granted');
  carriesOut<Options>(grant, shell, async ({ api, output, options, words, language }, reference, on) => {
    const { id, called: who } = await whichPerson(api, reference, language);
    if (on === '') {
      if (options.end || options.core) throw new UsageError(words.grant.sayTarget);
      const { grants } = await readMember(api, id);
      const names = called(output.json ? new Map() : await uidsById(api), words);
      return output.answer(grants, ...table(grants, columns(words, names), output, words.grant.nothing(who)));
    }
    const path = `${memberPath(id)}/grants`;
    if (options.end) {
      const found = (await readMember(api, id)).grants.filter((each) => each.on === on || each.id === on);
      if (found.length === 0) throw new NotFine(words.grant.notGranted(who, on));
      for (const each of found) await api.delete(`${path}/${encodeURIComponent(each.id)}`);
      return output.answer({ person: id, on, ended: true }, said(words.grant.ended(who, on), 'JOIN-3'));
    }
    const until = momentOf(options, words, shell.now());
    if (until === undefined) throw new UsageError(words.grant.sayUntil);
    const body = { on, until, ...(options.core && { core: true }) };
    const given = await api.send('POST', path, body, Type.Unknown());
    output.answer(given, said(words.grant.given(who, on, civilTime(until)), 'JOIN-3'));
  });
}

function columns({ grant: { heads } }: Words, who: Called): readonly Column<GrantResource>[] {
  return [
    { head: heads.on, of: ({ on }) => on },
    { head: heads.until, of: ({ until }) => civilTime(until) },
    { head: heads.by, of: ({ by }) => who(by) },
    { head: heads.since, of: ({ since }) => civilTime(since) },
  ];
}
