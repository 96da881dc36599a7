import type { DesignDecisionFields, DesignDecisionResource } from '@huismeester/contracts';
import type { Tx } from '@huismeester/database';
import { type EventLog, isRefusal, lockScopes, type Refusal } from '@huismeester/events';
import { eq } from 'drizzle-orm';
import {
  changeDesign,
  type Named,
  registerDesign,
  removeDesign,
  successorsOf,
} from '../core/design/decision.ts';
import { idOfName } from '../core/item-id.ts';
import { designDecision, item, pageLook } from '../schema.ts';
import { designScope, designs } from './aggregate.ts';
import { designResource, readDesigns } from './rows.ts';

export interface DesignDeps {
  readonly log: EventLog;
  /** The URL of the wiki's api.php, where settings name one. */
  readonly api: string | undefined;
}

interface Asked {
  readonly actor: string;
}

interface OneAsked extends Asked {
  readonly id: string;
  readonly matches: (resource: unknown) => boolean;
}

interface Registration extends Asked {
  readonly id?: string | undefined;
  readonly fields: DesignDecisionFields;
}

interface Change extends OneAsked {
  /** All that is to be said of it. */
  readonly to: (known: DesignDecisionFields) => DesignDecisionFields;
}

/** Registers a design decision; without an id it gets one of its title. */
export async function registerDecision(
  tx: Tx,
  deps: DesignDeps,
  { id: given, fields, actor }: Registration,
): Promise<DesignDecisionResource | Refusal> {
  const { log } = deps;
  await lockScopes(tx, log.service, [designScope]);
  const ids = new Set((await tx.select({ id: designDecision.id }).from(designDecision)).map((row) => row.id));
  const id = given ?? idOfName(fields.title, (each) => ids.has(each));
  const done = await designs.handle(tx, {
    log,
    id,
    actor,
    only: 'new',
    read: () => namedBy(tx, fields),
    decide: (_, named) => registerDesign(id, fields, named),
  });
  return isRefusal(done) ? done : await shown(tx, deps, id);
}

/** Replaces what is said of a design decision. */
export async function changeDecision(
  tx: Tx,
  deps: DesignDeps,
  { id, actor, matches, to }: Change,
): Promise<DesignDecisionResource | Refusal> {
  const { log } = deps;
  await lockScopes(tx, log.service, [designScope]);
  const before = await shownIfThere(tx, deps, id);
  const done = await designs.handle(tx, {
    log,
    id,
    actor,
    only: 'existing',
    ifMatch: () => matches(before),
    async read(_, known) {
      const fields = known && to(known.fields);
      return { fields, named: await namedBy(tx, fields) };
    },
    decide: (known, { fields, named }) => (known && fields ? changeDesign(id, known, fields, named) : []),
  });
  if (isRefusal(done)) return done;
  // Another page was never looked at.
  if (before?.page !== done.state?.fields.page) await tx.delete(pageLook).where(eq(pageLook.decision, id));
  return await shown(tx, deps, id);
}

/** Removes a design decision that was registered by mistake. */
export async function removeDecision(
  tx: Tx,
  deps: DesignDeps,
  { id, actor, matches }: OneAsked,
): Promise<Refusal | undefined> {
  const { log } = deps;
  await lockScopes(tx, log.service, [designScope]);
  const before = await shownIfThere(tx, deps, id);
  const done = await designs.handle(tx, {
    log,
    id,
    actor,
    only: 'existing',
    ifMatch: () => matches(before),
    async read() {
      const others = await readDesigns(tx);
      return others.filter(({ fields }) => fields.superseded_by === id).map((each) => each.id);
    },
    decide: (_, replaces) => removeDesign(id, replaces),
  });
  if (isRefusal(done)) return done;
  await tx.delete(pageLook).where(eq(pageLook.decision, id));
  return undefined;
}

async function namedBy(
  tx: Tx,
  { superseded_by: successor, item: of }: Partial<DesignDecisionFields> = {},
): Promise<Named> {
  return {
    successor: successor === undefined ? undefined : await namedSuccessor(tx, successor),
    item: of === undefined ? undefined : await isItem(tx, of),
  };
}

async function namedSuccessor(tx: Tx, id: string): Promise<Named['successor']> {
  const all = new Map((await readDesigns(tx)).map((each) => [each.id, each.fields]));
  return { isThere: all.has(id), next: successorsOf(id, all) };
}

async function isItem(tx: Tx, id: string): Promise<boolean> {
  const found = await tx.select({ id: item.id }).from(item).where(eq(item.id, id));
  return found.length > 0;
}

async function shownIfThere(tx: Tx, { api }: DesignDeps, id: string) {
  const [row] = await readDesigns(tx, id);
  return row && designResource(row, api);
}

async function shown(tx: Tx, deps: DesignDeps, id: string): Promise<DesignDecisionResource> {
  const found = await shownIfThere(tx, deps, id);
  if (found) return found;
  throw new Error(`design decision ${id} was written and is not there`);
}
