import type { AdviceResource } from '@huismeester/contracts';
import type { Tx } from '@huismeester/database';
import { type EventLog, isRefusal, type Refusal } from '@huismeester/events';
import {
  type AdviceFields,
  advices,
  type answer,
  type change,
  type give,
  type withdraw,
  write,
} from './advice.ts';
import { type AdviceState, adviceResource } from './resource.ts';

/** Who asks it of which piece of advice. */
interface Asked {
  readonly log: EventLog;
  readonly id: string;
  readonly actor: string;
}

/** Writes down a new piece of advice. */
export async function writeAdvice(
  tx: Tx,
  { log, id, actor }: Asked,
  fields: AdviceFields,
): Promise<AdviceResource | Refusal> {
  const decide = () => write(id, fields);
  const done = await advices.handle(tx, { log, id, actor, only: 'new', decide });
  return isRefusal(done) ? done : shown(id, done.state);
}

type Decide = (
  id: string,
  state: AdviceState,
) => ReturnType<typeof change | typeof give> | ReturnType<typeof answer>;

/** Changes what somebody read (`matches`), and answers how it is then. */
export async function changeAdvice(
  tx: Tx,
  { log, id, actor }: Asked,
  matches: (found: AdviceResource) => boolean,
  decide: Decide,
): Promise<AdviceResource | Refusal> {
  const done = await handled(tx, { log, id, actor }, matches, decide);
  return isRefusal(done) ? done : shown(id, done.state);
}

/** Takes back what somebody read. */
export async function withdrawAdvice(
  tx: Tx,
  asked: Asked,
  matches: (found: AdviceResource) => boolean,
  decide: typeof withdraw,
): Promise<Refusal | undefined> {
  const done = await handled(tx, asked, matches, decide);
  return isRefusal(done) ? done : undefined;
}

function handled(
  tx: Tx,
  asked: Asked,
  matches: (found: AdviceResource) => boolean,
  decide: Decide | typeof withdraw,
) {
  return advices.handle(tx, {
    ...asked,
    only: 'existing',
    ifMatch: ({ state }) => matches(adviceResource(asked.id, state)),
    decide: (state) => (state ? decide(asked.id, state) : []),
  });
}

function shown(id: string, state: AdviceState | undefined): AdviceResource {
  if (!state) throw new Error(`advice ${id} was changed and is not there`);
  return adviceResource(id, state);
}
