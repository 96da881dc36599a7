import type { Minutes } from '@huismeester/contracts';
import type { Tx } from '@huismeester/database';
import { isRefusal, type Refusal } from '@huismeester/events';
import type { Identity } from '@huismeester/service';
import { advance, type Situation } from '../core/admission/advance.ts';
import type { Application, NewAdmissionEvent } from '../core/admission/application.ts';
import { type Asked, apply } from '../core/admission/apply.ts';
import { type Actor, type Decided, type Decision, type Known, nothing } from '../core/admission/decision.ts';
import type { Certainty } from '../register/certainty.ts';
import type { RegisterDeps } from '../register/follow.ts';
import { joinTeam } from '../register/join.ts';
import { teamScope } from '../register/scope.ts';
import { applications } from './aggregate.ts';
import { openOf, personOf } from './read.ts';
import { type Found, readSituation } from './situation.ts';
import { writeBeside } from './written.ts';

/** As it stands in the log, of what follows by itself. */
const ourselves = 'membership';
const dayMs = 24 * 3_600_000;

export interface Making {
  readonly id: string;
  readonly asked: Asked;
  readonly who: Identity;
  readonly certainty: Certainty;
  readonly usualTrialMs: number;
}

/** Makes an application to the team, in the caller's transaction. */
export async function makeApplication(
  tx: Tx,
  deps: RegisterDeps,
  { id, asked, who, certainty, usualTrialMs }: Making,
): Promise<Application | Refusal> {
  const { person } = asked;
  return await decideAbout(
    tx,
    deps,
    { id, actor: who.name, only: 'new' },
    {
      read: async () => ({
        ...(await readSituation(tx, deps, { id, person, certainty })),
        open: await openOf(tx, person),
      }),
      decide: (_, { situation, ...found }) => {
        const knowledge = { ...found, usualTrialDays: Math.floor(usualTrialMs / dayMs) };
        return apply(id, asked, knowledge, actorOf(who), situation);
      },
    },
  );
}

/** What a command about an application that is there goes by. */
export interface Around {
  readonly actor: Actor;
  readonly situation: Situation;
  readonly minutes: Minutes | undefined;
  /** Makes an id. */
  readonly newId: () => string;
}

export interface Acting {
  readonly id: string;
  readonly who: Identity;
  readonly certainty: Certainty;
  readonly decide: (known: Known, around: Around) => Decided;
}

/** Carries out a command about an application, with all that follows from it at once, in the caller's transaction. */
export async function actOn(
  tx: Tx,
  deps: RegisterDeps,
  { id, who, certainty, decide }: Acting,
): Promise<Application | Refusal> {
  const person = (await personOf(tx, id)) ?? '';
  return await decideAbout(
    tx,
    deps,
    { id, actor: who.name, only: 'existing' },
    {
      read: () => readSituation(tx, deps, { id, person, certainty }),
      decide: (application, { situation, minutes }, newId) =>
        application === undefined
          ? { events: [], writes: [] }
          : decide({ id, application }, { actor: actorOf(who), situation, minutes, newId }),
    },
  );
}

/** Decides again about an application: counts, closes, puts to the board, carries out. Changes nothing where there is nothing to do. */
export async function decideAgain(
  tx: Tx,
  deps: RegisterDeps,
  id: string,
  certainty: Certainty,
): Promise<void> {
  const person = (await personOf(tx, id)) ?? '';
  const done = await decideAbout(
    tx,
    deps,
    { id, actor: ourselves, only: 'existing' },
    {
      read: () => readSituation(tx, deps, { id, person, certainty }),
      decide: (application, { situation, register }) => {
        const isOfTeam = register !== undefined && register !== 'former';
        const isParticipant = situation.isParticipant && !isOfTeam;
        return { events: advance(id, application, { ...situation, isParticipant }), writes: [] };
      },
    },
  );
  if (isRefusal(done)) throw new Error(`application ${id} could not be decided: ${done.title}`);
}

interface Made {
  readonly decision: Decision;
  readonly at: Date;
}

interface Deciding<Extra extends Found> {
  readonly read: () => Promise<Extra>;
  readonly decide: (
    application: Application | undefined,
    found: Omit<Extra, 'situation'> & { readonly situation: Situation },
    newId: () => string,
  ) => Decided;
}

/**
 * One command, and in the same transaction what it writes beside the log and the change of the register that it leads to. The aggregate of the
 * member is the second one in this transaction: all who take both hold the scope `team`, and the directory is locked before the log is, so they
 * cannot wait for each other.
 */
async function decideAbout<Extra extends Found>(
  tx: Tx,
  deps: RegisterDeps,
  about: { readonly id: string; readonly actor: string; readonly only: 'new' | 'existing' },
  { read, decide }: Deciding<Extra>,
): Promise<Application | Refusal> {
  let made: Made | undefined;
  const done = await applications.handle(tx, {
    ...about,
    log: deps.log,
    scope: teamScope,
    read,
    decide: (application, found, { now, ids }) => {
      const clockBelieved = found.certainty.clockBelieved(now);
      const situation = { ...found.situation, now, clockBelieved };
      const decision = decide(application, { ...found, situation }, ids);
      if ('refused' in decision) return decision;
      made = { decision, at: now };
      return decision.events;
    },
  });
  if (isRefusal(done)) return done;
  if (done.state === undefined) throw new Error(`application ${about.id} has no row after a command`);
  // TypeScript does not see that `decide` was called.
  const { decision, at } = (made as Made | undefined) ?? { decision: nothing, at: deps.log.now() };
  await writeBeside(tx, about.id, decision.writes, at);
  await carryOut(tx, deps, about, { application: done.state, events: decision.events });
  return done.state;
}

/** Who was approved of is in the register with the same commit that says so. */
async function carryOut(
  tx: Tx,
  deps: RegisterDeps,
  { id, actor }: { readonly id: string; readonly actor: string },
  {
    application,
    events,
  }: { readonly application: Application; readonly events: readonly NewAdmissionEvent[] },
): Promise<void> {
  const { approved } = application.state;
  for (const event of events) {
    if (event.type !== 'application.carried-out' || approved === undefined) continue;
    const { person, state, until } = event.data;
    const refused = await joinTeam(tx, deps, {
      person,
      state: state === 'trial' ? 'trial' : 'full',
      until: until === undefined ? undefined : new Date(until),
      application: id,
      how: approved.how,
      actor,
    });
    // The decision saw that they are not in the register, under the same locks.
    if (refused) throw new Error(`application ${id} cannot be carried out: ${refused.title}`);
  }
}

/** Root, who acts for a person, may what register and directory say of them. */
export function actorOf({ person = '', roles }: Identity): Actor {
  const has = (role: 'infrateam' | 'board') => roles.includes(role) || roles.includes('administrator');
  return { person, isInfrateam: has('infrateam'), isBoard: has('board') };
}
