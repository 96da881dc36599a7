import { because } from '@huismeester/contracts';
import type { Facts } from '../../facts/index.ts';
import type { ItemFact } from '../../facts/item.ts';
import type { ViolationFound } from '../define.ts';
import { vmOf } from './register.ts';

export const notRecorded = 'access-not-recorded';

/**
 * Whether it is recorded who has access to an item that is core for confidentiality (CORE-2): the review of its hypervisor says so, or a list that is
 * kept by hand, which is called as the item is, or begins with its id (`router-admins` of `router`).
 */
export function isAccessRecorded(
  item: ItemFact,
  { accessList, vm, node }: Pick<Facts, 'accessList' | 'vm' | 'node'>,
  reviewed: readonly string[],
): boolean | 'undecided' {
  const lists = [...accessList.values()];
  if (lists.some(({ list }) => list === item.item || list.startsWith(`${item.item}-`))) return true;
  const [kind, id = ''] = item.standsFor?.split('/') ?? [];
  const of =
    kind === 'hypervisor'
      ? id
      : kind === 'node'
        ? [...node.values()].find((each) => each.id === id)?.hypervisor
        : vmOf(item, vm)?.hypervisor;
  if (of !== undefined && reviewed.includes(of)) return true;
  return lists.some(({ unseen }) => unseen) ? 'undecided' : false;
}

/** The violation of an item of which it is nowhere recorded who has access. */
export function unrecordedAccess({ item, saidBy }: ItemFact): ViolationFound {
  return {
    kind: notRecorded,
    subject: `item/${item}`,
    severity: 'warning',
    clause: 'CORE-2',
    reasons: [because('access-not-recorded', { text: item })],
    evidence: saidBy === undefined ? [] : [saidBy],
  };
}
