import type { EventData } from '@huismeester/contracts';
import type { Tx } from '@huismeester/database';
import {
  aggregate,
  type EventLog,
  isRefusal,
  type Made,
  newEvent,
  type Refusal,
  refuse,
} from '@huismeester/events';
import { eq } from 'drizzle-orm';
import { isOwnership } from '../adapters/owners.ts';
import { evolveLease, type LeaseState } from '../core/lease.ts';
import {
  type LeaseRules,
  type NotRenewed,
  type Renewable,
  type RenewalLink,
  renewed,
  renewedByLink,
} from '../core/renew.ts';
import { lease, ownership, vm } from '../schema.ts';

type LeaseEvent =
  | Made<'lease.started'>
  | Made<'lease.renewed'>
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

/** Renews the lease of a VM for a person, or for the team where `person` is not the owner. */
export async function renewVm(
  tx: Tx,
  { log, actor, rules }: Renewing,
  {
    vm: id,
    person,
    isTeam,
  }: { readonly vm: string; readonly person: string | undefined; readonly isTeam: boolean },
): Promise<LeaseState | Refusal> {
  const [known] = await tx
    .select({ ownership: ownership.id, owner: ownership.owner })
    .from(vm)
    .leftJoin(ownership, isOwnership)
    .where(eq(vm.id, id));
  if (known === undefined) return refuse('not-found', `There is no VM ${id} in a listed pool`);
  const isOwner = person !== undefined && known.owner === person;
  if (!isOwner && !isTeam) {
    const title = 'Only its owner and the infrateam may renew the lease of this VM';
    return refuse('not-your-vm', title, { clause: 'PART-4' });
  }
  if (known.ownership === null) return refusal('no-lease');
  const by = isOwner ? 'owner' : 'team';
  return await renew(tx, { log, actor, id: known.ownership }, (state, now) => renewed(state, by, rules, now));
}

/** Renews the lease that a link names, if it is still as it was when the link was sent. */
export async function renewByLink(
  tx: Tx,
  { log, rules }: Omit<Renewing, 'actor'>,
  link: RenewalLink & { readonly lease: string },
): Promise<LeaseState | Refusal> {
  const actor = `person:${link.person}`;
  return await renew(tx, { log, actor, id: link.lease }, (state, now) =>
    renewedByLink(state, link, rules, now),
  );
}

async function renew(
  tx: Tx,
  { log, actor, id }: { log: EventLog; actor: string; id: string },
  decide: (lease: Renewable, now: Date) => EventData<'lease.renewed'> | NotRenewed,
): Promise<LeaseState | Refusal> {
  const done = await leases.handle(tx, {
    log,
    id,
    actor,
    read: async () => {
      const [known] = await tx
        .select({ status: vm.status, owner: ownership.owner })
        .from(ownership)
        .innerJoin(vm, isOwnership)
        .where(eq(ownership.id, id));
      return { running: known?.status === 'running', owner: known?.owner ?? undefined };
    },
    decide: (state, known, { now }) => {
      const data = decide({ id, state, ...known }, now);
      return typeof data === 'string' ? refusal(data) : [newEvent('lease.renewed', `lease/${id}`, data)];
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
  'link-ended': 'This link is of a lease that is over',
  'link-used': 'This lease was renewed since the link was sent',
  'link-of-another': 'The VM of this link is another person’s by now',
};

function refusal(code: NotRenewed): Refusal {
  return refuse(code, titles[code], { clause: 'PART-4' });
}
