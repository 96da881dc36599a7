import type { ApplicationResource, Ballot, Minutes, PersonId, Vote } from '@huismeester/contracts';
import type { Tx } from '@huismeester/database';
import type { Identity } from '@huismeester/service';
import { boardOf, electorateOf, isOver, silentBoard } from '../core/admission/advance.ts';
import { effectOf } from '../core/admission/vote.ts';
import type { Team } from '../core/team.ts';
import type { Certainty } from '../register/certainty.ts';
import { readTeamNow } from '../register/electorate.ts';
import { readReasons } from '../register/reasons.ts';
import { minutes } from '../schema.ts';
import { actorOf } from './decide.ts';
import { type KnownApplication, readApplications } from './read.ts';
import { type BallotRow, castOf, readBallots } from './written.ts';

const seesAll = ['infrateam', 'trial', 'board', 'administrator', 'service'] as const;
/** Full members and the board, as persons: not a token that is nobody's, and not root for somebody (JOIN-2). */
const seesVotes = ['infrateam', 'board'] as const;

/** Who looks, and when. */
export interface Looking {
  readonly who: Identity;
  readonly certainty: Certainty;
  readonly now: Date;
}

interface Beside {
  readonly team: Team;
  readonly ballots: readonly BallotRow[];
  readonly recorded: ReadonlyMap<string, Minutes>;
  readonly reasons: ReadonlyMap<string, string>;
}

/** Applications as whoever asks may see them: participants see their own. One of them, with an id. */
export async function readResources(tx: Tx, looking: Looking, id?: string): Promise<ApplicationResource[]> {
  const { who } = looking;
  const person = seesAll.some((role) => who.roles.includes(role)) ? undefined : (who.person ?? '');
  const found = await readApplications(tx, { id, person });
  const vetoes = found.flatMap(({ state }) => state.veto?.reason ?? []);
  const beside: Beside = {
    team: await readTeamNow(tx),
    ballots: await readBallots(tx, id),
    recorded: new Map((await tx.select().from(minutes)).map((row) => [row.application, row.recorded])),
    reasons: await readReasons(tx, vetoes),
  };
  return found.map((each) => resource(each, beside, looking));
}

function resource(application: KnownApplication, beside: Beside, looking: Looking): ApplicationResource {
  const { id, person, state } = application;
  const { status, since, backer, ends, trialDays, approved, ended, minutes: noted } = state;
  const ballots = beside.ballots.filter((each) => each.application === id);
  const isOpen = status === 'open';
  const waits = waitsFor(application, beside.team, looking);
  return {
    id,
    person,
    state: status,
    since,
    ...(backer !== undefined && { backer }),
    ...(ends !== undefined && { ends }),
    trial_days: trialDays,
    ...(isOpen && { electorate: electorateOf(application, beside.team).size }),
    ...(isOpen && { voted: ballots.flatMap((each) => (each.vote === null ? [] : [each.person])) }),
    ...(approved && { approved }),
    ...(status === 'awaiting-board' && { board: board(application, ballots, beside, looking) }),
    ...(waits && { waits }),
    ...(ended && { ended }),
    ...(noted && { minutes: noted }),
    ...(maySeeVotes(looking.who) && confidential(application, ballots, beside, looking)),
  };
}

export function maySeeVotes({ person, roles }: Identity): boolean {
  return person !== undefined && seesVotes.some((role) => roles.includes(role));
}

/** Who said nothing yet tells what others voted: whoever may not know that is shown all who may veto it. */
function board(
  application: KnownApplication,
  ballots: readonly BallotRow[],
  { team }: Beside,
  { who }: Looking,
): NonNullable<ApplicationResource['board']> {
  const until = application.state.board?.until;
  const casts = ballots.map(castOf);
  const names = maySeeVotes(who) ? silentBoard(application, { team, casts }) : boardOf(application, team);
  return { ...(until !== undefined && { until }), waits_for: names };
}

/** Why nothing closes, or is carried out, now. */
function waitsFor(
  application: KnownApplication,
  team: Team,
  { certainty, now }: Looking,
): ApplicationResource['waits'] {
  const { status, board: of } = application.state;
  if (status !== 'open' && status !== 'awaiting-board') return undefined;
  if (!certainty.directoryKnown) return 'directory-unknown';
  if (!certainty.clockBelieved(now)) return 'clock-insane';
  if (status === 'open') return electorateOf(application, team).size === 0 ? 'no-full-member' : undefined;
  return of !== undefined && of.until === undefined ? 'no-board-member' : undefined;
}

/** What full members and the board read, and nobody else. */
function confidential(
  application: KnownApplication,
  ballots: readonly BallotRow[],
  { team, recorded, reasons }: Beside,
  looking: Looking,
): Partial<ApplicationResource> {
  const { veto } = application.state;
  const electorate = electorateOf(application, team);
  const noted = recorded.get(application.id);
  const because = veto && reasons.get(veto.reason);
  return {
    ...(noted && { recorded: noted }),
    votes: ballots.map((each) => ballotOf(each, electorate)),
    ...(veto && { veto: { by: veto.by, ...(because !== undefined && { because }) } }),
    ...effects(application, ballots, team, looking),
  };
}

function ballotOf(
  { person, vote, noObjection, because, at }: BallotRow,
  electorate: ReadonlySet<PersonId>,
): Ballot {
  return {
    person,
    ...(vote !== null && { vote }),
    no_objection: noObjection,
    ...(because !== null && { because }),
    at: at.toISOString(),
    counts: vote !== null && electorate.has(person),
  };
}

/** What would follow from each vote of who looks. */
function effects(
  application: KnownApplication,
  ballots: readonly BallotRow[],
  team: Team,
  { who, now }: Looking,
): Pick<ApplicationResource, 'would'> {
  const { person, isInfrateam } = actorOf(who);
  const { status } = application.state;
  if (
    status !== 'open' ||
    isOver(application, { now }) ||
    !isInfrateam ||
    !electorateOf(application, team).has(person)
  )
    return {};
  const casts = ballots.map(castOf);
  const of = (vote: Vote) => {
    const effect = effectOf(application, { person, vote, noObjection: false }, { team, casts });
    return effect === undefined ? {} : { [vote]: effect };
  };
  return { would: { ...of('yes'), ...of('no'), ...of('abstain') } };
}
