import { targetOfVm } from '../../desired/target.ts';
import type { Facts } from '../../facts/index.ts';
import { nodeKey } from '../../facts/node.ts';
import type { Guest } from '../../facts/vm.ts';
import type { RuleContext } from '../define.ts';
import { type Index, isHeld, isSelf } from './budget.ts';
import type { EffectiveOutage } from './effective-outage.ts';
import { clauseOf, type GuestHere, type Verdict } from './here.ts';
import { classes } from './plan.ts';
import { type Restored, restoring, startableAt } from './restore.ts';
import { inOutage, isAnother } from './shed.ts';
import { type Memory, type ShedGuest, withdrawn } from './state.ts';

/** What the rule says of every guest that it has something to say of, in the order in which classes go off. */
export function decideGuests(
  facts: Pick<Facts, 'vm'>,
  memory: Memory,
  context: RuleContext,
  index: Index,
  effective: (key: string) => EffectiveOutage,
): ReadonlyMap<Guest, Verdict<ShedGuest>> {
  const all = inOrder(facts).map((guest) => ({
    guest,
    row: rowOf(guest, memory),
    outage: effective(nodeKey(guest.hypervisor, guest.node)),
  }));
  const restored = all.flatMap(({ guest, row, outage }) =>
    row && outage.verdict.stage === 'mains' && isRestored(guest, row, context, index) ? [{ guest, row }] : [],
  );
  const { restoreStepMs } = context.settings.plan;
  const startable = new Map(
    classes.map((each) => [each, startableAt(each, restored, restoreStepMs)] as const),
  );
  const found = new Map<Guest, Verdict<ShedGuest>>();
  for (const { guest, row, outage } of all) {
    if (!row && outage.verdict.stage === 'mains') {
      // Of another life of the guest: it would pass for one of this life once it is off.
      if (memory.has(targetOfVm(guest.vm))) found.set(guest, { row: undefined });
      continue;
    }
    found.set(
      guest,
      decideGuest({
        guest,
        row,
        outage,
        target: targetOfVm(guest.vm),
        mine: context.mine.get(targetOfVm(guest.vm)),
        isHeld: isHeld(guest, index),
        isSelf: isSelf(guest, context.settings),
        mode: context.modes.get(clauseOf[guest.class]) ?? 'dry-run',
        startableAt: startable.get(guest.class),
        epoch: context.epoch,
        now: context.now,
      }),
    );
  }
  return found;
}

function inOrder({ vm }: Pick<Facts, 'vm'>): Guest[] {
  return [...vm.values()].sort(
    (a, b) => classes.indexOf(a.class) - classes.indexOf(b.class) || (a.vm < b.vm ? -1 : 1),
  );
}

/** Whether a guest has a place on the restore ladder: one on hold, unseen, or not ours to start, keeps nobody waiting. */
function isRestored(guest: Guest, row: Restored['row'], { epoch }: RuleContext, index: Index): boolean {
  if (guest.unseen || row.gaveUpAt !== undefined || isHeld(guest, index)) return false;
  return row.enforced && row.epoch === epoch;
}

/** What is remembered of a guest; a shedding from before it was found concerns another guest, or another life of it. */
function rowOf(guest: Guest, memory: Memory): ShedGuest | undefined {
  const row = memory.get(targetOfVm(guest.vm));
  return row?.kind === 'guest' && !isAnother(guest, row) ? row : undefined;
}

function decideGuest(here: GuestHere): Verdict<ShedGuest> {
  if (here.isHeld) return onHold(here);
  const row = here.row && afterHold(here.row, here.now);
  if (here.outage.verdict.stage !== 'mains') return inOutage({ ...here, row });
  return row ? restoring({ ...here, row }) : { row };
}

/** The hold has the say. What was asked before it is asked anew after it, and its time does not count. */
function onHold({ row, now }: GuestHere): Verdict<ShedGuest> {
  if (!row) return { row };
  const idle = withdrawn(row, now);
  if (idle.trustedAt === undefined || idle.heldAt !== undefined) return { row: idle };
  return { row: { ...idle, heldAt: now } };
}

function afterHold(row: ShedGuest, now: number): ShedGuest {
  if (row.heldAt === undefined) return row;
  const { heldAt, heldMs = 0, ...rest } = row;
  return { ...rest, heldMs: heldMs + Math.max(0, now - heldAt) };
}
