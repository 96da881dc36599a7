import type { PeopleAct, Vm } from '@huismeester/contracts';
import { done } from '../../api/act.ts';
import { sendOnce } from '../../api/once.ts';
import { send } from '../../api/request.ts';
import { fullMoment } from '../../words/time.ts';
import { words } from './words.ts';

/** A VM that something is done with. */
export interface Named {
  readonly id: string;
  readonly name: string;
}

/** Where a VM is in the REST API. */
export function pathOf({ id }: Pick<Named, 'id'>): string {
  return `/api/v1/vms/${encodeURIComponent(id)}`;
}

/** Asks something of a VM; `more` is its new size, or its name where that confirms it. Its progress is shown by {@link Acting}. */
export async function askOf(vm: Named, act: PeopleAct, more: object = {}): Promise<void> {
  await sendOnce(`${pathOf(vm)}/acts`, { act, ...more });
}

/** Renews the lease of a VM. */
export async function renew(vm: Named): Promise<void> {
  const path = `${pathOf(vm)}/lease/renewal`;
  const { value } = await send(path, { method: 'POST', body: {} });
  const { ends } = value as NonNullable<Vm['lease']>;
  done(words.value.renewed(vm.name, fullMoment(ends)), () => send(path, { method: 'DELETE' }));
}
