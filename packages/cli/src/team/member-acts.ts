import { type MemberAct, MemberResource, MeResource } from '@huismeester/contracts';
import type { Command } from 'commander';
import { Type } from 'typebox';
import type { Api } from '../api.ts';
import { wholeNumber } from '../commands/options.ts';
import { NotFine, UsageError } from '../errors.ts';
import { type NamedPerson, whichPerson } from '../people/which-person.ts';
import type { Connected, Shell } from '../shell.ts';
import { civilTime } from '../time.ts';
import { carriesOut } from './action.ts';
import { actCommand, memberActs } from './member-act.ts';
import { said } from './said.ts';
import { withTypedName } from './typed-name.ts';
import type { Words } from './words-en.ts';

interface Options {
  readonly because?: string;
  readonly days?: number;
  readonly name?: string;
}

/** The path of one person in the register of the team. */
export function memberPath(person: string): string {
  return `/api/v1/team/${encodeURIComponent(person)}`;
}

/** Somebody of the team as it stands now. Throws {@link Refused} where that one never was of it. */
export function readMember(api: Api, person: string): Promise<MemberResource> {
  return api.get(memberPath(person), MemberResource);
}

/** `team confirm`, `extend`, `suspend`, `lift`, `end`: proposes it, or confirms what another full member proposed; and `team withdraw`. */
export function addMemberActs(team: Command, shell: Shell): void {
  for (const { act, clause, description, reason } of memberActs) {
    const command = team
      .command(act)
      .argument('<person>', 'by login name, or by id')
      .description(`${description} (${clause})`);
    if (reason)
      command.option(
        '--because <why>',
        'why, unless another gave the reason; for full members and the board alone',
      );
    if (act === 'extend')
      command.option('--days <n>', 'so many days, counted from now; more than are left', wholeNumber(1, 365));
    if (act === 'end' || act === 'suspend')
      command.option(
        '--name <uid>',
        'the login name once more, where that leaves no board member in the team',
      );
    carriesOut<Options>(command, shell, async (asked, reference) => {
      const { api, words, language, options, again } = asked;
      const person = await whichPerson(api, reference, language);
      const [member, me] = await Promise.all([readMember(api, person.id), api.get('/api/v1/me', MeResource)]);
      const call = callFor(act, member, me, { options, reason, words, called: person.called });
      const why =
        call.path === '/proposal' && options.because !== undefined ? ['--because', options.because] : [];
      await withTypedName(
        (confirm) =>
          api.send(
            'POST',
            `${memberPath(person.id)}${call.path}`,
            { ...call.body, ...(confirm !== undefined && { confirm }) },
            Type.Unknown(),
          ),
        {
          who: person.called,
          given: options.name,
          command: (name) => again('team', act, person.called, ...why, '--name', name),
        },
        words,
        shell,
      );
      await tellOutcome(asked, { act, clause, person }, words);
    });
  }
  addWithdraw(team, shell);
}

interface Call {
  readonly path: '/proposal' | '/proposal/confirmation';
  readonly body: object;
}

/** A full member confirms what another proposed; anything else is proposed, or of a board member done. Throws a {@link UsageError} where something is left out. */
function callFor(
  act: MemberAct,
  { proposal }: MemberResource,
  { person: me, register }: MeResource,
  {
    options,
    reason,
    words,
    called,
  }: { readonly options: Options; readonly reason: boolean; readonly words: Words; readonly called: string },
): Call {
  const isProposed = proposal?.act === act;
  const { because, days } = options;
  if (isProposed && register === 'full' && proposal.by !== me) {
    // Whoever says how long means that, and not what another proposed.
    if (days !== undefined)
      throw new NotFine(
        words.team.otherDays(actCommand(act, called), civilTime(proposal.until ?? proposal.at)),
      );
    return { path: '/proposal/confirmation', body: { proposed: proposal.at } };
  }
  if (isProposed && proposal.by === me) throw new NotFine(words.team.proposedBefore(actCommand(act, called)));
  if (reason && because === undefined) throw new UsageError(words.team.sayBecause);
  if (act === 'extend' && days === undefined) throw new UsageError(words.team.sayDays);
  return {
    path: '/proposal',
    body: { act, ...(because !== undefined && { because }), ...(days !== undefined && { days }) },
  };
}

interface Decided {
  readonly act: MemberAct;
  readonly clause: string;
  readonly person: NamedPerson;
}

/** What became of it, as the register has it now. */
async function tellOutcome(
  { api, output }: Connected,
  { act, clause, person }: Decided,
  words: Words,
): Promise<void> {
  const now = await readMember(api, person.id);
  const { called } = person;
  const { team } = words;
  if (now.proposal !== undefined) {
    return output.answer(
      now,
      said(team.proposed(called, team.acts[act]), clause),
      team.proposedNext(actCommand(act, called)),
    );
  }
  const until = now.until === undefined ? '' : civilTime(now.until);
  output.answer(
    now,
    said(team.done[act](called, until), clause),
    ...(now.awaited.length > 0 ? [team.groupFirst] : []),
    ...(act === 'end' ? [team.toTick(called)] : []),
  );
}

function addWithdraw(team: Command, shell: Shell): void {
  const withdraw = team
    .command('withdraw')
    .argument('<person>', 'by login name, or by id')
    .description(
      'take back what is proposed about somebody: who proposed it, or another full member (TEAM-1)',
    );
  carriesOut(withdraw, shell, async ({ api, output, words, language }, reference) => {
    const person = await whichPerson(api, reference, language);
    const { proposal } = await readMember(api, person.id);
    if (proposal === undefined) throw new NotFine(words.team.nothingProposed(person.called));
    await api.delete(`${memberPath(person.id)}/proposal`);
    const clause = memberActs.find(({ act }) => act === proposal.act)?.clause ?? 'TEAM-1';
    output.answer(
      { person: person.id, withdrawn: proposal.act },
      said(words.team.withdrawn(person.called, words.team.acts[proposal.act]), clause),
    );
  });
}
