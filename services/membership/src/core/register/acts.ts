import { type MemberAct, type No, no, type PersonId } from '@huismeester/contracts';
import type { Team } from '../team.ts';
import { type Asker, isBoardMember, isFullMember, needsFullMember, notAllowed } from './asker.ts';
import { needsName, type Typed } from './board.ts';
import { carriedOut, clauseOf, dayMs, unfit } from './carry-out.ts';
import { isInRegister, notAMember } from './leave.ts';
import type { Member, NewMemberEvent, Proposal } from './member.ts';
import { actWords } from './words.ts';

export type Decided = readonly NewMemberEvent[] | No;

/** What is asked about a member. */
export interface Asked {
  readonly act: MemberAct;
  /** So many days from now on a trial lasts. */
  readonly days?: number | undefined;
  /** The id of the reason that was given. */
  readonly reason?: string | undefined;
}

/** What a decision about a member is made by. */
export interface Around extends Typed {
  readonly person: PersonId;
  readonly team: Team;
  readonly now: Date;
  /** How long a suspension is (settings), ms. */
  readonly suspensionMs: number;
}

/** What one board member does alone (TEAM-1). */
const byBoardAlone: ReadonlySet<MemberAct> = new Set(['end', 'suspend', 'lift']);
/** What is not done to somebody without a reason. */
const withReason: ReadonlySet<MemberAct> = new Set(['end', 'suspend', 'extend']);

/**
 * Somebody asks that something be done about a member: a board member does what they may alone at once; a full member proposes it, and another
 * one has to confirm it (TEAM-1, JOIN-3).
 */
export function ask(member: Member | undefined, asked: Asked, asker: Asker, around: Around): Decided {
  const { act, reason } = asked;
  const { person, team } = around;
  const isAlone = byBoardAlone.has(act) && isBoardMember(asker, team);
  const refused =
    (isAlone ? undefined : notByThem(act, asker, team)) ??
    aboutOneself(act, person, asker) ??
    malformed(asked);
  if (refused) return refused;
  if (member === undefined || !isInRegister(member)) return notAMember(member);
  const misfit = unfit(act, member);
  if (misfit) return misfit;
  if (isAlone) {
    const by = [asker.person];
    return (
      namedIfNeeded(act, around) ??
      carriedOut({ act, by, ...(reason !== undefined && { reason }) }, member, around)
    );
  }
  const open = openProposal(member, asked, asker);
  if (open) return open;
  const until = asked.days === undefined ? undefined : new Date(around.now.getTime() + asked.days * dayMs);
  const shorter = until && notLonger(member, until, around.now);
  if (shorter) return shorter;
  const data = {
    person,
    act,
    by: asker.person,
    ...(until && { until: until.toISOString() }),
    ...(reason !== undefined && { reason }),
  };
  return [{ type: 'member.proposed', subject: `member/${person}`, data }];
}

/**
 * Another full member confirms what was proposed, and so it is done. `read`: the `at` of the proposal that they read; where another one stands by now,
 * it is refused.
 */
export function confirmProposal(
  member: Member | undefined,
  asker: Asker,
  { read, ...around }: Around & { readonly read?: string | undefined },
): Decided {
  const { person, team, now } = around;
  const proposal = member?.proposal ?? undefined;
  if (member === undefined || proposal === undefined) return nothingProposed();
  const { act, by } = proposal;
  const clause = clauseOf(act);
  const refused =
    needsFullMember(asker, team, clause) ??
    aboutOneself(act, person, asker) ??
    bySame(proposal, asker) ??
    proposerLeft(proposal, team) ??
    notAsRead(proposal, read) ??
    endIsPast(proposal, now) ??
    unfit(act, member) ??
    namedIfNeeded(act, around);
  return refused ?? carriedOut({ ...proposal, by: [by, asker.person] }, member, around);
}

/** Who proposed it takes it back, or another full member. */
export function withdrawProposal(
  member: Member | undefined,
  asker: Asker,
  { person, team }: Pick<Around, 'person' | 'team'>,
): Decided {
  const proposal = member?.proposal ?? undefined;
  if (proposal === undefined) return nothingProposed();
  const { act, by } = proposal;
  const isTheirs = by === asker.person;
  const refused = isTheirs
    ? undefined
    : (needsFullMember(asker, team, clauseOf(act)) ?? aboutOneself(act, person, asker));
  return (
    refused ?? [{ type: 'member.proposal-withdrawn', subject: `member/${person}`, data: { person, act } }]
  );
}

function notByThem(act: MemberAct, asker: Asker, team: Team): No | undefined {
  if (isFullMember(asker, team)) return undefined;
  const board = byBoardAlone.has(act) ? ', or a member of the board' : '';
  return notAllowed('You may not decide about members of the team', asker, {
    clause: clauseOf(act),
    allowed: `a full member of the team, by register and directory both${board}`,
  });
}

function aboutOneself(act: MemberAct, person: PersonId, asker: Asker): No | undefined {
  if (asker.person !== person) return undefined;
  return no('about-oneself', 'Nobody decides about their own membership; who wants to go leaves', {
    clause: clauseOf(act),
    errors: [{ field: 'params.person', found: 'yourself', allowed: 'another member of the team' }],
  });
}

function malformed({ act, days, reason }: Asked): No | undefined {
  const errors = [
    ...(withReason.has(act) && reason === undefined
      ? [{ field: 'body.because', found: 'nothing', allowed: 'why, in 3 to 1000 characters' }]
      : []),
    ...(act === 'extend' && days === undefined
      ? [
          {
            field: 'body.days',
            found: 'nothing',
            allowed: 'how many days the trial lasts, counted from now: 1 to 365',
          },
        ]
      : []),
    ...(act !== 'extend' && days !== undefined
      ? [{ field: 'body.days', found: String(days), allowed: 'nothing: only a longer trial has days' }]
      : []),
  ];
  if (errors.length === 0) return undefined;
  return no('invalid-request', 'The request is not as it should be', { clause: clauseOf(act), errors });
}

/** What stands is answered before something else is asked; who proposed it may say the same anew. */
function openProposal({ proposal }: Member, { act }: Asked, asker: Asker): No | undefined {
  if (proposal === null || (proposal.act === act && proposal.by === asker.person)) return undefined;
  return no('open-proposal', `Something is proposed about this member already: ${actWords[proposal.act]}`, {
    clause: clauseOf(act),
    errors: [
      {
        field: 'body.act',
        found: actWords[act],
        allowed: `nothing until another full member confirms ${actWords[proposal.act]}, or it is withdrawn`,
      },
    ],
  });
}

/** A trial is made longer, never shorter: to end it, or to confirm it, is another act. */
function notLonger({ until }: Member, asked: Date, now: Date): No | undefined {
  if (until === null || asked > until) return undefined;
  const days = (end: Date) => Math.floor((end.getTime() - now.getTime()) / dayMs);
  return no('not-longer', 'The trial would not last longer', {
    clause: 'JOIN-3',
    errors: [
      {
        field: 'body.days',
        found: `${days(asked)}`,
        allowed: `more than ${days(until)} days, counted from now`,
      },
    ],
  });
}

function nothingProposed(): No {
  return no('nothing-proposed', 'Nothing is proposed about this member', {
    clause: 'TEAM-1',
    errors: [{ field: 'params.person', found: 'no proposal', allowed: 'somebody about whom one stands' }],
  });
}

function bySame({ act, by }: Proposal, { person }: Asker): No | undefined {
  if (by !== person) return undefined;
  return no('same-person', 'Who proposed it does not confirm it', {
    clause: clauseOf(act),
    errors: [{ field: 'person', found: 'who proposed it', allowed: 'another full member' }],
  });
}

function notAsRead({ act, at }: Proposal, read: string | undefined): No | undefined {
  if (read === undefined || Date.parse(read) === Date.parse(at)) return undefined;
  return no('changed', 'Something else is proposed by now: read it again', {
    clause: clauseOf(act),
    errors: [{ field: 'body.proposed', found: read, allowed: at }],
  });
}

function proposerLeft({ act, by }: Proposal, { full }: Team): No | undefined {
  if (full.has(by)) return undefined;
  return no('proposer-left', 'Who proposed it is no full member any more', {
    clause: clauseOf(act),
    errors: [
      { field: 'params.person', found: `proposed by ${by}`, allowed: 'withdraw it, and propose it anew' },
    ],
  });
}

function endIsPast({ act, until }: Proposal, now: Date): No | undefined {
  if (until === undefined || Date.parse(until) > now.getTime()) return undefined;
  return no('end-is-past', 'The new end that was proposed is past', {
    clause: clauseOf(act),
    errors: [{ field: 'params.person', found: until, allowed: 'withdraw it, and propose a later end' }],
  });
}

function namedIfNeeded(act: MemberAct, around: Around): No | undefined {
  const takesOut = act === 'end' || act === 'suspend';
  return takesOut ? needsName(around.person, around.team, around) : undefined;
}
