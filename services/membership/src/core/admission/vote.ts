import { no, type Vote, type VoteOutcome } from '@huismeester/contracts';
import { type Cast, electorateOf, type Situation } from './advance.ts';
import type { Application, NewAdmissionEvent } from './application.ts';
import { count } from './count.ts';
import { type Actor, type Decided, decided, type Known, nothing, voteCast, withCast } from './decision.ts';
import { notAllowed, notFull, notIn, own, reasonless, tooLate } from './refusals.ts';

export interface Voted {
  readonly vote: Vote;
  readonly because?: string | undefined;
  /** That the vote decides, and how: it was read. */
  readonly decides?: VoteOutcome | undefined;
}

/** A full member votes, or votes anew (JOIN-1). A vote that would close the application says so first, and is then sent again with `decides`. */
export function vote({ id, application }: Known, asked: Voted, actor: Actor, situation: Situation): Decided {
  const refused =
    notIn(application, ['open']) ?? notFull(application, actor, situation) ?? tooLate(application, situation);
  if (refused) return refused;
  const before = castOf(actor, situation);
  if (before?.vote === asked.vote && before.because === asked.because) return nothing;
  const cast: Cast = {
    person: actor.person,
    vote: asked.vote,
    noObjection: before?.noObjection ?? false,
    because: asked.because,
  };
  const effect = effectOf(application, cast, situation);
  if (effect !== asked.decides) return otherwise(effect, asked.decides);
  return decided(id, application, situation, {
    events: [voteCast({ id }, cast)],
    writes: [{ table: 'ballot', cast }],
  });
}

/** How an application would close with this vote; undefined: it would stay open. */
export function effectOf(
  application: Application,
  cast: Cast,
  { team, casts }: Pick<Situation, 'team' | 'casts'>,
): VoteOutcome | undefined {
  const votes = withCast(casts, cast);
  return count({ electorate: electorateOf(application, team), votes, ended: false });
}

function otherwise(effect: VoteOutcome | undefined, given: VoteOutcome | undefined): Decided {
  const [code, title] =
    given === undefined
      ? (['would-decide', `With this vote the application is ${effect}; say that you know it`] as const)
      : (['decides-otherwise', `With this vote the application is ${effect ?? 'still open'}`] as const);
  const allowed = effect ?? 'nothing';
  return no(code, title, {
    clause: 'JOIN-1',
    errors: [{ field: 'body.decides', found: given ?? 'nothing', allowed }],
  });
}

function castOf({ person }: Actor, { casts }: Situation): Cast | undefined {
  return casts.find((cast) => cast.person === person);
}

/** A board member in the team has no objection (JOIN-2). It leaves a vote as it is. */
export function noObjection({ id, application }: Known, actor: Actor, situation: Situation): Decided {
  const refused =
    notIn(application, ['open', 'awaiting-board'], 'JOIN-2') ?? notOfBoard(application, actor, situation);
  if (refused) return refused;
  const before = castOf(actor, situation);
  if (before?.noObjection) return nothing;
  const cast: Cast = { person: actor.person, ...before, noObjection: true };
  return decided(id, application, situation, {
    events: [voteCast({ id }, cast)],
    writes: [{ table: 'ballot', cast }],
  });
}

/** A board member in the team vetoes it, with a reason, until it is carried out (JOIN-2). */
export function veto(
  { id, application }: Known,
  { because = '', reason }: { readonly because?: string | undefined; readonly reason: string },
  actor: Actor,
  situation: Situation,
): Decided {
  const refused =
    notIn(application, ['proposed', 'open', 'awaiting-board'], 'JOIN-2') ??
    notOfBoard(application, actor, situation) ??
    reasonless(because === '' ? undefined : because, 'JOIN-2');
  if (refused) return refused;
  const by = actor.person;
  const data = { application: id, person: application.person, by, reason };
  const event: NewAdmissionEvent = { type: 'application.vetoed', subject: `application/${id}`, data };
  return decided(id, application, situation, {
    events: [event],
    writes: [{ table: 'reason', id: reason, by, text: because }],
  });
}

function notOfBoard(application: Application, actor: Actor, { team }: Situation) {
  const refused = own(application, actor, 'JOIN-2');
  if (refused) return refused;
  return actor.isBoard && team.board.has(actor.person)
    ? undefined
    : notAllowed('a board member in the infrateam', 'JOIN-2');
}
