import { because } from '@huismeester/contracts';
import { targetOfVm } from '../../desired/target.ts';
import type { Outcome, ViolationFound } from '../define.ts';
import type { Looked } from './look.ts';
import type { Slots } from './slots.ts';
import { stopKey } from './state.ts';

export const violationKinds = [
  'lease-clock',
  'lease-unsent',
  'lease-undeliverable',
  'lease-waits',
  'lease-not-stopped',
] as const;
type Kind = (typeof violationKinds)[number];

const ofOneVm = ['lease-undeliverable', 'lease-not-stopped'] as const;

/** What is not as PART-4 wants it: what is so for all leases is one violation. */
export function violationsOf(
  looked: readonly Looked[],
  { rows, waiting, most }: Slots,
  isSane: boolean,
): Outcome<never>['violations'] {
  const found: ViolationFound[] = [];
  const undecided = looked.flatMap(({ state, lease: { vm } }) =>
    state === 'unseen' ? ofOneVm.map((kind) => ({ kind, subject: targetOfVm(vm) })) : [],
  );
  if (!isSane) found.push(violation('lease-clock', 'clock/main', 'serious'));
  if (looked.some(({ isUnsent }) => isUnsent)) found.push(violation('lease-unsent', 'mail/main', 'serious'));
  if (waiting.size > 0) found.push(violation('lease-waits', 'space/main', 'warning', `${most}`));
  for (const { warned, state, lease } of looked) {
    if (state === 'unseen' || state === 'off' || state === 'over') continue;
    const subject = targetOfVm(lease.vm);
    if (warned.failed) found.push(violation('lease-undeliverable', subject, 'warning'));
    if (state === 'due' && (rows.get(stopKey(lease.lease))?.tries ?? 0) > 0) {
      found.push(violation('lease-not-stopped', subject, 'warning'));
    }
  }
  return { found, undecided };
}

function violation(
  kind: Kind,
  subject: string,
  severity: ViolationFound['severity'],
  text?: string,
): ViolationFound {
  const reasons = [because(kind, text === undefined ? {} : { text })];
  return { kind, subject, severity, clause: 'PART-4', reasons, evidence: [] };
}
