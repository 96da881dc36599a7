import { because } from '@huismeester/contracts';
import { targetOfVm } from '../../desired/target.ts';
import type { Facts } from '../../facts/index.ts';
import type { Guest } from '../../facts/vm.ts';
import type { RuleContext, Undecided, ViolationFound } from '../define.ts';

export const unclaimedKind = 'vm-unclaimed';

/** Which VMs nobody has claimed in time. */
export interface Unclaimed {
  readonly found: readonly ViolationFound[];
  readonly undecided: readonly Undecided[];
  /** When the next one is, ms since 1970. */
  readonly lookAgainAt?: number;
}

/**
 * The participants' VMs that have no owner for longer than settings allow (`adoption.deadline`), since they were found. That is all that follows:
 * one without an owner has no lease, and is never stopped for it. By default nothing is found.
 */
export function* unclaimedIn(
  { vm, ownership }: Pick<Facts, 'vm' | 'ownership'>,
  { now, settings: { adoptionMs } }: Pick<RuleContext, 'now' | 'settings'>,
): Generator<undefined, Unclaimed> {
  if (adoptionMs === undefined) return { found: [], undecided: [] };
  const owned = new Set<string>();
  const unseen = new Set<string>();
  for (const each of ownership.values()) {
    yield;
    if (each.unseen) unseen.add(each.vm);
    if (each.owner !== undefined) owned.add(keyOf(each.vm, each.incarnation));
  }
  const found: ViolationFound[] = [];
  const undecided: Undecided[] = [];
  let lookAgainAt: number | undefined;
  for (const guest of vm.values()) {
    yield;
    const due = dueAt(guest, adoptionMs);
    if (due === undefined || owned.has(keyOf(guest.vm, guest.incarnation))) continue;
    const subject = targetOfVm(guest.vm);
    if (guest.unseen || unseen.has(guest.vm)) undecided.push({ kind: unclaimedKind, subject });
    else if (now >= due) found.push(violation(subject, guest.foundAt ?? due));
    else lookAgainAt = Math.min(due, lookAgainAt ?? due);
  }
  return { found, undecided, ...(lookAgainAt !== undefined && { lookAgainAt }) };
}

/** When somebody has to have claimed it, ms since 1970; undefined: it is nobody's to claim, or which guest it is is not known yet. */
function dueAt({ class: of, incarnation, foundAt }: Guest, adoptionMs: number): number | undefined {
  if (of !== 'participant' || incarnation === undefined || foundAt === undefined) return undefined;
  return foundAt + adoptionMs;
}

function keyOf(vm: string, incarnation: string | undefined): string {
  return `${vm} ${incarnation}`;
}

function violation(subject: string, foundAt: number): ViolationFound {
  const reasons = [because(unclaimedKind, { until: new Date(foundAt).toISOString() })];
  return { kind: unclaimedKind, subject, severity: 'warning', clause: 'PART-3', reasons, evidence: [] };
}
