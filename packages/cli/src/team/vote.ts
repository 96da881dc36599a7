import { ApplicationResource, Vote, VoteOutcome } from '@huismeester/contracts';
import type { Command } from 'commander';
import { Value } from 'typebox/value';
import type { Again } from '../action.ts';
import { NotFine, Refused, UsageError } from '../errors.ts';
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
      'why; full members and the board alone can read it, and it is erased after team.keepVotes (a year)',
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
  { api, output, again }: Connected & Again,
  { application, called }: NamedApplication,
  vote: Vote,
  { because, decides: isMeant = false }: Options,
  words: Words,
  shell: Pick<Shell, 'ask'>,
): Promise<void> {
  const path = `${applicationPath(application.id)}/vote`;
  const why = because === undefined ? [] : ['--because', because];
  const command = again('vote', called, vote, ...why, '--decides');
  const cast = (decides: VoteOutcome | undefined) =>
    api.send(
      'PUT',
      path,
      { vote, ...(because !== undefined && { because }), ...(decides && { decides }) },
      ApplicationResource,
    );
  const isAgreed = async (outcome: VoteOutcome): Promise<boolean> =>
    isMeant || (await isSureOf({ command, vote, outcome }, words, shell));
  const outcome = application.would?.[vote];
  if (outcome !== undefined && !(await isAgreed(outcome)))
    return output.answer(application, words.nothingDone);
  // What was shown goes along: should it decide otherwise meanwhile, it is refused.
  const now = await cast(outcome).catch(async (error: unknown) => {
    // Root, who acts for somebody, sees no votes; and others may have voted meanwhile.
    const decided = outcomeIn(error);
    if (decided === undefined || outcome !== undefined) throw error;
    return (await isAgreed(decided)) ? await cast(decided) : undefined;
  });
  if (now === undefined) return output.answer(application, words.nothingDone);
  output.answer(
    now,
    said(words.vote.cast(called, words.application.votes[vote]), 'JOIN-1'),
    stateLine(now, words),
    ...(now.state === 'open' ? [`  ${words.vote.change}`] : []),
  );
}

/** How the vote would decide, by the refusal of one that did not say so. */
function outcomeIn(error: unknown): VoteOutcome | undefined {
  if (!(error instanceof Refused && error.code === 'would-decide')) return undefined;
  const allowed = error.problem.errors?.find(({ field }) => field === 'body.decides')?.allowed;
  return Value.Check(VoteOutcome, allowed) ? allowed : undefined;
}

interface Deciding {
  /** With which it is asked again, knowing that it decides. */
  readonly command: string;
  readonly vote: Vote;
  readonly outcome: VoteOutcome;
}

/** Says that the vote decides, and asks. Throws {@link NotFine} where nobody can be asked. */
async function isSureOf(
  { command, vote, outcome }: Deciding,
  words: Words,
  shell: Pick<Shell, 'ask'>,
): Promise<boolean> {
  const decides = words.vote.decides(words.application.votes[vote], words.application.outcomes[outcome]);
  if (shell.ask === undefined)
    throw new NotFine([decides, `  ${words.vote.sayDecides(command)}`].map(printable).join('\n'));
  return await isSure({ shown: [printable(decides)], question: words.vote.sure, command: '' }, words, shell);
}
