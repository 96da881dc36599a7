import { aggregate, type Made } from '@huismeester/events';
import { and, eq } from 'drizzle-orm';
import { type ActRow, evolveAct } from '../core/act.ts';
import type { Reader } from '../owning/whose.ts';
import { act } from '../schema.ts';

type ActEvent =
  | Made<'act.requested'>
  | Made<'act.asked'>
  | Made<'act.accepted'>
  | Made<'act.done'>
  | Made<'act.failed'>;

const initial: ActRow | undefined = undefined;

/** What people ask of VMs, each known by an id of its own. */
export const acts = aggregate({
  kind: 'act',
  table: act,
  initial,
  evolve: (row: ActRow | undefined, event: ActEvent) => evolveAct(row, event),
});

/** An act as it is stored. */
export type StoredAct = ActRow & { readonly id: string };

export async function readAct(from: Reader, id: string): Promise<StoredAct | undefined> {
  const [row] = await from.select().from(act).where(eq(act.id, id));
  return row;
}

/** What was asked of a VM and is not over. */
export async function readOpenActs(from: Reader, vm: string): Promise<StoredAct[]> {
  return await from
    .select()
    .from(act)
    .where(and(eq(act.vm, vm), eq(act.open, true)));
}

/** The tasks of all that was asked of a VM, whatever became of it: none is that of another request. */
export async function upidsOfActs(from: Reader, vm: string, except?: string): Promise<string[]> {
  const rows = await from.select().from(act).where(eq(act.vm, vm));
  return rows.flatMap(({ id, state: { upid, upids = [] } }) =>
    id === except ? [] : [upid, ...upids].flatMap((each) => each ?? []),
  );
}

/** The name under which all that is asked of one VM is decided one after the other. */
export function actScope(vm: string): string {
  return `act/${vm}`;
}

/** The durable task that carries an act out; its key says on which hypervisor, whose tasks are limited together. */
export function taskOfAct(hypervisor: string, id: string) {
  return { kind: 'act', key: `${hypervisor}/${id}` };
}

/** The hypervisor and the act that a task's key names. */
export function parseActTask(key: string): { readonly hypervisor: string; readonly id: string } {
  const at = key.indexOf('/');
  if (at < 0) throw new RangeError(`a task's key is <hypervisor>/<act>, not "${key}"`);
  return { hypervisor: key.slice(0, at), id: key.slice(at + 1) };
}
