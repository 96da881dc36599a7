import { MeResource } from '@huismeester/contracts';
import type { Command } from 'commander';
import { Type } from 'typebox';
import { NotFine } from '../errors.ts';
import { answerOf } from '../served.ts';
import type { Shell } from '../shell.ts';
import { carriesOut } from './action.ts';
import { linesOf, readPreview } from './departure.ts';
import { memberPath } from './member-acts.ts';
import { said } from './said.ts';
import { isSure, withTypedName } from './typed-name.ts';

interface Options {
  readonly yes?: boolean;
  readonly name?: string;
}

/** `team leave`: shows what follows, asks, and ends one's own membership of the team at once (TEAM-1). */
export function addLeave(team: Command, shell: Shell): void {
  const leave = team
    .command('leave')
    .description('leave the team yourself, at once (TEAM-1); it shows what follows, and asks')
    .option('--yes', 'without a question; where there is no terminal it takes this')
    .option(
      '--name <uid>',
      'your own login name, where no board member would be in the team any more (BOARD-1)',
    );
  carriesOut<Options>(leave, shell, async ({ api, output, options, words, again }) => {
    const { person, uid, register } = await api.get('/api/v1/me', MeResource);
    if (person === undefined || register === undefined || register === 'former')
      throw new NotFine(words.leave.notOfTeam);
    const who = uid ?? person;
    if (options.yes !== true) {
      // Who leaves is not kept from it by policy being away.
      const preview = await answerOf(readPreview(api, person));
      const shown = 'value' in preview ? await linesOf(api, preview.value, who, words) : [];
      if (shell.ask === undefined && !output.json) output.print(...shown);
      if (
        !(await isSure(
          { shown, question: words.leave.sure, command: again('team', 'leave', '--yes') },
          words,
          shell,
        ))
      )
        return output.answer({ person, left: false }, words.nothingDone);
    }
    await withTypedName(
      (confirm) =>
        api.send(
          'POST',
          `${memberPath(person)}/leaving`,
          confirm === undefined ? {} : { confirm },
          Type.Unknown(),
        ),
      { who, given: options.name, command: (name) => again('team', 'leave', '--yes', '--name', name) },
      words,
      shell,
    );
    output.answer({ person, left: true }, said(words.leave.left, 'TEAM-1'), words.leave.next(who));
  });
}
