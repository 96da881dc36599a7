import type { ItemProposalResource, ItemResource } from '@huismeester/contracts';
import type { Tx } from '@huismeester/database';
import { isRefusal, lockScopes, type Refusal, refuse } from '@huismeester/events';
import { dismiss, reopen } from '../core/proposals/answer.ts';
import { type Confirmed, confirm, refusalOfConfirmed } from '../core/proposals/confirm.ts';
import type { RouteDeps } from '../inside.ts';
import { graphScope } from '../items/aggregate.ts';
import { registerItems } from '../items/put.ts';
import { readShown } from '../items/register.ts';
import { everything, itemResource } from '../items/shown.ts';
import { proposals } from './aggregate.ts';
import { readProposals } from './read.ts';

interface Confirming {
  /** What is confirmed; `all`: whatever is proposed and not dismissed, all of it with these fields. */
  readonly confirmed: readonly Confirmed[] | { readonly all: Omit<Confirmed, 'id' | 'item'> };
  readonly actor: string;
}

/** Registers what is proposed, all of it or nothing. */
export async function confirmProposals(
  tx: Tx,
  deps: RouteDeps,
  { confirmed: asked, actor }: Confirming,
): Promise<{ items: ItemResource[] } | Refusal> {
  const { log } = deps;
  await lockScopes(tx, log.service, [graphScope]);
  const proposed = await readProposals(tx, deps);
  const open = proposed.filter(({ dismissed }) => !dismissed);
  const confirmed = 'all' in asked ? open.map(({ id }) => ({ ...asked.all, id })) : asked;
  const { items } = await readShown(tx, deps);
  const found = confirm(proposed, confirmed, (id) => items.has(id));
  if (isRefusal(found)) return found;
  const { wanted, events } = found;
  const { faults } = await registerItems(tx, deps, { actor, wanted });
  const refused = refusalOfConfirmed(faults, confirmed, { isAll: 'all' in asked });
  if (refused) return refused;
  for (const [id, made] of events) {
    if (made.length > 0) await proposals.handle(tx, { log, id, actor, decide: () => made });
  }
  const shown = await readShown(tx, deps);
  return {
    items: wanted.flatMap(({ id }) => {
      const item = shown.items.get(id);
      return item ? [itemResource(id, item, shown, everything)] : [];
    }),
  };
}

interface Answering {
  readonly id: string;
  readonly actor: string;
  readonly matches: (resource: unknown) => boolean;
}

/** It is not to be registered. */
export async function dismissProposal(
  tx: Tx,
  deps: RouteDeps,
  { id, actor, matches, because }: Answering & { readonly because: string | undefined },
): Promise<ItemProposalResource | Refusal> {
  const { log } = deps;
  await lockScopes(tx, log.service, [graphScope]);
  const known = await proposedAs(tx, deps, id);
  if (isRefusal(known)) return known;
  if (!matches(known)) return refuse('stale', `Proposal ${id} has changed since it was read; read it again`);
  await proposals.handle(tx, { log, id, actor, decide: (before) => dismiss(id, before, because) });
  return { ...known, dismissed: true };
}

/** It is proposed again. */
export async function reopenProposal(
  tx: Tx,
  deps: RouteDeps,
  { id, actor, matches }: Answering,
): Promise<ItemProposalResource | Refusal> {
  const { log } = deps;
  await lockScopes(tx, log.service, [graphScope]);
  const known = await proposedAs(tx, deps, id);
  if (isRefusal(known)) return known;
  if (!matches(known)) return refuse('stale', `Proposal ${id} has changed since it was read; read it again`);
  if (known.dismissed) await proposals.handle(tx, { log, id, actor, decide: () => reopen(id) });
  return { ...known, dismissed: false };
}

async function proposedAs(tx: Tx, deps: RouteDeps, id: string): Promise<ItemProposalResource | Refusal> {
  const found = (await readProposals(tx, deps)).find((each) => each.id === id);
  return found ?? refuse('not-found', `${id} is not proposed`);
}
