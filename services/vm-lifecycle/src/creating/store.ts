import type { Database, Tx } from '@huismeester/database';
import { and, eq, sql } from 'drizzle-orm';
import { isOwnership } from '../adapters/owners.ts';
import { usesAnything } from '../core/counted.ts';
import { creation, ownership, vm } from '../schema.ts';
import type { Stored } from './creations.ts';

type Reader = Database['orm'] | Tx;

/** Creations, newest last: all, or those that fit. */
export async function readCreations(
  from: Reader,
  which: { readonly id?: string; readonly owner?: string } = {},
): Promise<Stored[]> {
  const { id, owner } = which;
  const found = await from
    .select()
    .from(creation)
    .where(
      and(
        ...(id === undefined ? [] : [eq(creation.id, id)]),
        ...(owner === undefined ? [] : [eq(creation.owner, owner)]),
      ),
    );
  return found.map(({ version: _, ...row }) => row);
}

/** The creation of this id. */
export async function readCreation(from: Reader, id: string): Promise<Stored | undefined> {
  return (await readCreations(from, { id }))[0];
}

/** Creations that were neither done nor given up, of one template, by when they were asked for. */
export async function readTurns(
  from: Reader,
  { hypervisor, template }: { readonly hypervisor: string; readonly template: string },
): Promise<Stored[]> {
  const found = await from
    .select()
    .from(creation)
    .where(
      and(
        eq(creation.open, true),
        eq(creation.hypervisor, hypervisor),
        sql`${creation.state}->>'template' = ${template}`,
        sql`${creation.state}->>'step' in ('planned', 'cloning')`,
      ),
    );
  const begun = ({ state }: { state: Stored['state'] }) => state.steps[0]?.at ?? '';
  return found
    .map(({ version: _, ...row }) => row)
    .toSorted((a, b) => (begun(a) === begun(b) ? (a.id < b.id ? -1 : 1) : begun(a) < begun(b) ? -1 : 1));
}

/** The numbers that our log knows to be taken on a hypervisor: by what is being made, or was left of that, is somebody's, or is listed. */
export async function takenVmids(from: Reader, hypervisor: string): Promise<Set<number>> {
  const [made, owned, listed] = await Promise.all([
    from
      .select({ vmid: creation.vmid, state: creation.state })
      .from(creation)
      .where(and(eq(creation.hypervisor, hypervisor), eq(creation.open, true))),
    from
      .select({ vmid: ownership.vmid })
      .from(ownership)
      .where(and(eq(ownership.hypervisor, hypervisor), eq(ownership.ended, false))),
    from.select({ vmid: vm.vmid }).from(vm).where(eq(vm.hypervisor, hypervisor)),
  ]);
  const using = made.filter(({ state }) => usesAnything(state));
  return new Set([...using, ...owned, ...listed].map(({ vmid }) => vmid));
}

/** The names of a person's VMs, those that are being made included; of one whose making failed with its creation. */
export async function namesOf(
  from: Reader,
  owner: string,
): Promise<ReadonlyMap<string, { readonly failed?: string }>> {
  const [made, owned] = await Promise.all([
    from
      .select({ id: creation.id, state: creation.state })
      .from(creation)
      .where(and(eq(creation.owner, owner), eq(creation.open, true))),
    from
      .select({ name: vm.name })
      .from(ownership)
      .innerJoin(vm, isOwnership)
      .where(eq(ownership.owner, owner)),
  ]);
  return new Map([
    ...owned.map(({ name }) => [name, {}] as const),
    ...made.map(({ id, state: { name, step } }) => [name, step === 'failed' ? { failed: id } : {}] as const),
  ]);
}
