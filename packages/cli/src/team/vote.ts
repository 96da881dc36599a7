import { ApplicationResource, Vote } from '@huismeester/contracts';
import type { Command } from 'commander';
import { Value } from 'typebox/value';
import { NotFine, UsageError } from '../errors.ts';
import { printable } from '../printable.ts';
import type { Connected, Shell } from '../shell.ts';
import { carriesOut } from './action.ts';
import { showApplication } from './application.ts';
import { stateLine } from './application-lines.ts';
import { said } from './said.ts';
import { isSure } from './typed-name.ts';
import { applicationPath, type NamedApplication, whichApplication } from './which-application.ts';
import type { Words } from './words-en.ts';

interface Options {
  readonly because?: string;
  readonly decides?: boolean;
}

/** `vote PERSON yes|no|abstain`: looks first, and where the vote would decide it says so and asks (JOIN-1); `vote PERSON` only looks. */
export function addVote(program: Command, shell: Shell): void {
  const vote = program
    .command('vote')
    .argument('<person>', 'who applied, by login name or id')
    .argument('[vote]', 'yes, no or abstain; shows how it stands if left out')
    .description('vote on who applied to the team; while it is open you may vote anew (JOIN-1)')
    .option(
      '--because <why>',
      'why; full members and the board alone can read it, and it is erased after a year',
    )
    .option('--decides', 'also where this vote decides it; where there is no terminal it takes this');
  carriesOut<Options>(vote, shell, async (asked, reference, given) => {
    const { api, options, words, language } = asked;
    const found = await whichApplication(api, reference, words, language);
    if (given === '') return await showApplication(asked, found.application, words);
    if (!Value.Check(Vote, given)) throw new UsageError(words.vote.sayVote(reference));
    await castVote(asked, found, given, options, words, shell);
  });
}

async function castVote(
  { api, output }: Connected,
  { application, called }: NamedApplication,
  vote: Vote,
  { because, decides: isMeant = false }: Options,
  words: Words,
  shell: Pick<Shell, 'ask'>,
): Promise<void> {
  const outcome = application.would?.[vote];
  if (outcome !== undefined && !isMeant) {
    const decides = words.vote.decides(words.application.votes[vote], words.application.outcomes[outcome]);
    if (shell.ask === undefined)
      throw new NotFine(printable(`${decides}\n  ${words.vote.sayDecides(`vote ${called} ${vote}`)}`));
    const question = { shown: [printable(decides)], question: words.vote.sure, command: '' };
    if (!(await isSure(question, words, shell))) return output.answer(application, words.nothingDone);
  }
  // What was shown goes along: should it decide otherwise meanwhile, it is refused.
  const body = {
    vote,
    ...(because !== undefined && { because }),
    ...(outcome !== undefined && { decides: outcome }),
  };
  const now = await api.send('PUT', `${applicationPath(application.id)}/vote`, body, ApplicationResource);
  output.answer(
    now,
    said(words.vote.cast(called, words.application.votes[vote]), 'JOIN-1'),
    stateLine(now, words),
    ...(now.state === 'open' ? [`  ${words.vote.change}`] : []),
  );
}
