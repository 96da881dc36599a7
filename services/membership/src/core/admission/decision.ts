import type { EventData, Minutes, No, PersonId } from '@huismeester/contracts';
import { advance, type Cast, type Situation } from './advance.ts';
import { type Application, evolveApplication, type NewAdmissionEvent } from './application.ts';

/** Who asks for something. */
export interface Actor {
  readonly person: PersonId;
  /** A full member by register and directory both. */
  readonly isInfrateam: boolean;
  /** Of the board. */
  readonly isBoard: boolean;
}

/** An application that is there. */
export interface Known {
  readonly id: string;
  readonly application: Application;
}

/** What is written beside the events, into tables whose rows are erased after a year. */
export type Write =
  | { readonly table: 'ballot'; readonly cast: Cast }
  | { readonly table: 'reason'; readonly id: string; readonly by: PersonId; readonly text: string }
  | { readonly table: 'minutes'; readonly by: PersonId; readonly recorded: Minutes | undefined };

/** What comes of a command. */
export interface Decision {
  readonly events: readonly NewAdmissionEvent[];
  readonly writes: readonly Write[];
}
export type Decided = Decision | No;

/** The command was carried out before: nothing changes. */
export const nothing: Decision = { events: [], writes: [] };

/** The event of a command, what is written with it, and all that follows from it at once. */
export function decided(
  id: string,
  application: Application | undefined,
  situation: Situation,
  {
    events,
    writes = [],
  }: { readonly events: readonly NewAdmissionEvent[]; readonly writes?: readonly Write[] },
): Decision {
  const time = situation.now;
  const after = events.reduce<Application | undefined>(
    (so, event) => evolveApplication(so, { ...event, time }),
    application,
  );
  const casts = writes.reduce(
    (so, write) => (write.table === 'ballot' ? withCast(so, write.cast) : so),
    [...situation.casts],
  );
  return { events: [...events, ...advance(id, after, { ...situation, casts })], writes };
}

/** The ballots with this one in the place of the caster's before. */
export function withCast(casts: readonly Cast[], cast: Cast): Cast[] {
  return [...casts.filter(({ person }) => person !== cast.person), cast];
}

/** The event of somebody who voted, or said that they have no objection. What they voted is not in it. */
export function voteCast({ id }: Pick<Known, 'id'>, { person: by, vote }: Cast): NewAdmissionEvent {
  const hasVote = vote !== undefined;
  const data: EventData<'application.vote-cast'> = { application: id, by, ...(!hasVote && { vote: false }) };
  return { type: 'application.vote-cast', subject: `application/${id}`, data };
}
