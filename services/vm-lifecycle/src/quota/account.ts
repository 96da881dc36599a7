import type { Tx } from '@huismeester/database';
import { type Refusal, refuse } from '@huismeester/events';
import { and, eq, inArray, or, sql } from 'drizzle-orm';
import type { ActState } from '../core/act.ts';
import { countedVm, usesAnything } from '../core/counted.ts';
import { type Account, type Amounts, type CountedVm, overQuota } from '../core/quota.ts';
import type { Reader } from '../owning/whose.ts';
import { act, creation, ownership, vm } from '../schema.ts';
import type { Limits } from './limits.ts';

/** The name under which a person's quota is locked: whoever asks for more of it holds this until the commit. */
export function quotaScope(person: string): string {
  return `quota/${person}`;
}

/**
 * Why a person may not have this much more; undefined when they may. For a command that holds {@link quotaScope} of that person, and is
 * counted itself from its commit on.
 */
export async function takeQuota(
  tx: Tx,
  limits: Limits,
  { person, asked }: { readonly person: string; readonly asked: Partial<Amounts> },
): Promise<Refusal | undefined> {
  const over = overQuota(await readAccount(tx, limits, person), asked);
  return over && refuse(over.code, over.title, over);
}

/** One that was made a moment ago, and which the next listing has running: until then its row may still say that it is off. */
const isJustDone = sql`${creation.state} ->> 'step' = 'done' and (${creation.state} -> 'steps' -> -1 ->> 'at')::timestamptz > now() - interval '1 minute'`;

/** What a person may use, and uses: their VMs and those that are being made. Space-wide and core VMs count for nobody. */
export async function readAccount(from: Reader, { allowed }: Limits, person: string): Promise<Account> {
  const owned = await from
    .select()
    .from(ownership)
    .where(and(eq(ownership.owner, person), eq(ownership.ended, false)));
  const made = await from
    .select()
    .from(creation)
    .where(and(eq(creation.owner, person), or(eq(creation.open, true), isJustDone)));
  // Another may have the number of one of which nothing is left.
  const making = made.filter(({ open, state }) => open && usesAnything(state));
  const done = made.filter(({ open }) => !open);
  const ids = owned.map((each) => each.vm);
  // Before the VMs: what was asked is over only once it stands in the VM's row.
  const acts = await readActs(from, ids);
  const listed = ids.length === 0 ? [] : await from.select().from(vm).where(inArray(vm.id, ids));
  const vms = owned.flatMap(({ id, vm: of, ...which }) => {
    const row = listed.find((each) => each.id === of && each.incarnation === which.incarnation);
    if (row !== undefined && row.class !== 'participant') return [];
    const own = acts.filter(({ state }) => state.ownership === id);
    const unseen = row?.status === 'running' ? undefined : done.find(isOf(which));
    const begun = making.find(isOf(which)) ?? unseen;
    return [countedVm(of, { listed: row, acts: own, making: begun?.state })];
  });
  const pending = making.filter((each) => !owned.some(isOf(each)));
  return { allowed, vms: [...vms, ...pending.map(beingMade)] };
}

function isOf(which: { readonly hypervisor: string; readonly vmid: number }) {
  return (each: { readonly hypervisor: string; readonly vmid: number }) =>
    each.hypervisor === which.hypervisor && each.vmid === which.vmid;
}

function beingMade({ vmid, state }: typeof creation.$inferSelect): CountedVm {
  return countedVm(String(vmid), { listed: undefined, acts: [], making: state });
}

/** What a listed VM uses, or would when it starts. */
export async function sizeOfVm(from: Reader, id: string): Promise<CountedVm> {
  const acts = await readActs(from, [id]);
  const [row] = await from.select().from(vm).where(eq(vm.id, id));
  const own = acts.filter(({ state }) => (state.incarnation ?? null) === (row?.incarnation ?? null));
  return countedVm(id, { listed: row, acts: own });
}

async function readActs(from: Reader, vms: readonly string[]): Promise<{ open: boolean; state: ActState }[]> {
  if (vms.length === 0) return [];
  return await from
    .select({ open: act.open, state: act.state })
    .from(act)
    .where(inArray(act.vm, [...vms]));
}
