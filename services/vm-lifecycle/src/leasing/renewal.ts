import { type EventData, isNo, type No } from '@huismeester/contracts';
import type { Tx } from '@huismeester/database';
import {
  aggregate,
  type EventLog,
  isRefusal,
  type Made,
  type NewEvent,
  newEvent,
  type Refusal,
  refuse,
} from '@huismeester/events';
import { eq } from 'drizzle-orm';
import { evolveLease, type LeaseState } from '../core/lease.ts';
import { type Asker, mayNot } from '../core/may.ts';
import {
  type LeaseRules,
  type NotRenewed,
  type Renewable,
  type RenewalLink,
  renewalUndone,
  renewed,
  renewedByLink,
} from '../core/renew.ts';
import { type OwnedVm, readOwned } from '../owning/whose.ts';
import { lease, ownership } from '../schema.ts';

type LeaseEvent =
  | Made<'lease.started'>
  | Made<'lease.renewed'>
  | Made<'lease.renewal-undone'>
  | Made<'lease.ended'>
  | Made<'lease.onboot-set'>;

const initial: LeaseState | undefined = undefined;

/** How long each incarnation of a participant's VM may run (PART-4). What begins and ends leases is seen, and written with it; see `Along`. */
const leases = aggregate({
  kind: 'lease',
  table: lease,
  initial,
  evolve: (state: LeaseState | undefined, event: LeaseEvent) => evolveLease(state, event),
});

interface Renewing {
  readonly log: EventLog;
  readonly actor: string;
  readonly rules: LeaseRules;
}

interface Asked {
  readonly vm: string;
  readonly who: Asker;
}

/** Renews the lease of a VM for who may: judged by whose it is under the lock. */
export function renewVm(
  tx: Tx,
  { log, actor, rules }: Renewing,
  asked: Asked,
): Promise<LeaseState | Refusal> {
  return ofVm(tx, { log, actor }, asked, (lease, by, now) => {
    const data = renewed(lease, by, rules, now);
    return typeof data === 'string' ? data : renewal(data);
  });
}

/** Takes back the renewal of just now, for who may renew. */
export function undoRenewal(
  tx: Tx,
  { log, actor, rules }: Renewing,
  asked: Asked,
): Promise<LeaseState | Refusal> {
  return ofVm(tx, { log, actor }, asked, (lease, by, now) => {
    const data = renewalUndone(lease, by, rules, now);
    return typeof data === 'string' ? data : newEvent('lease.renewal-undone', `lease/${lease.id}`, data);
  });
}

const renewal = (data: EventData<'lease.renewed'>) => newEvent('lease.renewed', `lease/${data.lease}`, data);

type Change = NewEvent<'lease.renewed'> | NewEvent<'lease.renewal-undone'>;

async function ofVm(
  tx: Tx,
  { log, actor }: Omit<Renewing, 'rules'>,
  { vm: id, who }: Asked,
  decide: (lease: Renewable, by: 'owner' | 'team', now: Date) => Change | NotRenewed,
): Promise<LeaseState | Refusal> {
  const known = await readOwned(tx, id);
  if (known === undefined) return refuse('not-found', `There is no VM ${id} in a listed pool`);
  if (known.owned === undefined) return mayNot('renew', who, known.whose) ?? refusal('no-lease');
  return await change(tx, { log, actor, id: known.owned.id }, (lease, now) => {
    const { whose } = lease;
    if (whose === undefined) return 'no-lease';
    const by = who.person !== undefined && whose.owner === who.person ? 'owner' : 'team';
    return mayNot('renew', who, whose) ?? decide(lease, by, now);
  });
}

/** Renews the lease that a link names, if it is still as it was when the link was sent. */
export async function renewByLink(
  tx: Tx,
  { log, rules }: Omit<Renewing, 'actor'>,
  link: RenewalLink & { readonly lease: string },
): Promise<LeaseState | Refusal> {
  const actor = `person:${link.person}`;
  return await change(tx, { log, actor, id: link.lease }, (state, now) => {
    const data = renewedByLink(state, link, rules, now);
    return typeof data === 'string' ? data : renewal(data);
  });
}

interface Seen extends Renewable {
  readonly whose: OwnedVm['whose'] | undefined;
}

async function change(
  tx: Tx,
  { log, actor, id }: { log: EventLog; actor: string; id: string },
  decide: (lease: Seen, now: Date) => Change | NotRenewed | No,
): Promise<LeaseState | Refusal> {
  const done = await leases.handle(tx, {
    log,
    id,
    actor,
    read: async () => {
      const [of] = await tx.select({ vm: ownership.vm }).from(ownership).where(eq(ownership.id, id));
      const known = of && (await readOwned(tx, of.vm));
      // Another guest may stand there by now.
      const same = known?.owned?.id === id ? known : undefined;
      return { running: same?.vm.status === 'running', owner: same?.whose.owner, whose: same?.whose };
    },
    decide: (state, known, { now }) => {
      const made = decide({ id, state, ...known }, now);
      if (typeof made === 'string') return refusal(made);
      return isNo(made) ? made : [made];
    },
  });
  if (isRefusal(done)) return done;
  return done.state ?? refusal('no-lease');
}

const titles: Readonly<Record<NotRenewed, string>> = {
  'no-lease': 'This VM has no lease: only VMs of participants with an owner have one',
  'not-running': 'This VM is off: a start begins a new lease',
  'renewals-used':
    'This lease was renewed as often as the space allows; a start after its end begins a new one',
  'not-just-renewed': 'This lease was not renewed in the last minute, so nothing of it can be taken back',
  'link-ended': 'This link is of a lease that is over',
  'link-used': 'This lease was renewed since the link was sent',
  'link-of-another': 'The VM of this link is another person’s by now',
};

/** What may be done instead. */
const instead: Readonly<Record<NotRenewed, string>> = {
  'no-lease': 'a VM that runs, and has an owner',
  'not-running': 'start it',
  'renewals-used': 'shut it down, and start it again once it is off',
  'not-just-renewed': 'shut it down when it is needed no longer',
  'link-ended': 'the link of a newer warning, or `huismeester vm renew`',
  'link-used': 'the link of a newer warning, or `huismeester vm renew`',
  'link-of-another': 'a VM of one’s own',
};

function refusal(code: NotRenewed): Refusal {
  const errors = [{ field: 'lease', allowed: instead[code] }];
  return refuse(code, titles[code], { clause: 'PART-4', errors });
}
