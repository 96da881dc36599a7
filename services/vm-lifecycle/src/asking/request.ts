import { randomUUID } from 'node:crypto';
import type { EventData, PeopleAct } from '@huismeester/contracts';
import type { Tx } from '@huismeester/database';
import { type EventLog, isRefusal, newEvent, type Refusal, refuse, type Tasks } from '@huismeester/events';
import type { Identity } from '@huismeester/service';
import { type SizeOf, sizeData } from '../core/act.ts';
import { growth } from '../core/asked-size.ts';
import { mayNot } from '../core/may.ts';
import { type Amounts, overQuota } from '../core/quota.ts';
import { onHold, wantedOff } from '../core/wanted-off.ts';
import { type OwnedVm, readOwned } from '../owning/whose.ts';
import { refuseDeletion } from '../projects/register.ts';
import { quotaScope, readAccount, sizeOfVm } from '../quota/account.ts';
import type { Limits } from '../quota/limits.ts';
import { type Measured, overRoom, reserveScopes } from '../quota/room.ts';
import { actScope, acts, readOpenActs, type StoredAct, taskOfAct } from './acts.ts';

/** What somebody asks of a VM. */
export interface AskedAct {
  readonly vm: string;
  readonly what: PeopleAct;
  /** Typed, of what is hard to undo. */
  readonly name?: string | undefined;
  readonly size?: SizeOf | undefined;
  readonly who: Identity;
}

export interface RequestDeps {
  readonly log: EventLog;
  readonly tasks: () => Pick<Tasks, 'enqueue'>;
  readonly limits: Limits;
  /** Whether settings name the token that an act needs. */
  readonly canChange: (hypervisor: string) => boolean;
  /** Of the VM's node, before the transaction. */
  readonly measured: Measured;
}

/**
 * Writes down what a person asks of a VM, if they may, policy does not keep it off, and their quota and the node have room for it; all of that is
 * decided under the locks of that VM, that quota and that node, so that many who ask at once never exceed either. A durable task does the rest.
 */
export async function requestAct(tx: Tx, deps: RequestDeps, asked: AskedAct): Promise<StoredAct | Refusal> {
  const owned = await readOwned(tx, asked.vm);
  if (owned === undefined) return refuse('not-found', `There is no VM ${asked.vm} in a listed pool`);
  const refused = refusedAtOnce(asked, owned, deps);
  if (refused) return refused;
  const id = randomUUID();
  const { log } = deps;
  const { vm, whose } = owned;
  const done = await acts.handle<Checked | Refusal>(tx, {
    log,
    id,
    actor: asked.who.name,
    only: 'new',
    scope: scopesOf(owned, deps.measured),
    read: () => checkAnew(tx, deps, asked, owned),
    decide: (_, checked) => {
      if (isRefusal(checked)) return checked;
      const { size, owned: now } = checked;
      return [newEvent('act.requested', `act/${id}`, requestedData(id, asked, now, size))];
    },
  });
  if (isRefusal(done)) return done;
  if (done.state === undefined)
    throw new Error(`act ${id} about VM ${whose.id} was asked for and is not there`);
  await deps.tasks().enqueue(tx, taskOfAct(vm.hypervisor, id));
  return { id, ...done.state };
}

/** All that counts for the same quota, or runs on the same node, is decided one after the other; so is all about one VM. */
function scopesOf({ vm, whose }: OwnedVm, { storage }: Measured): string[] {
  const { hypervisor, node } = vm;
  const scopes = [actScope(vm.id), ...reserveScopes({ hypervisor, node, storage })];
  return whose.owner === undefined ? scopes : [...scopes, quotaScope(whose.owner)];
}

function refusedAtOnce(
  { what, name, who }: AskedAct,
  owned: OwnedVm,
  deps: RequestDeps,
): Refusal | undefined {
  const { vm, whose, decision, which } = owned;
  const forbidden = mayNot(what, who, whose);
  if (forbidden) return forbidden;
  const held = onHold(vm.id, decision, mayNot('hold', who, whose) === undefined);
  if (held) return held;
  const off = what === 'start' || what === 'reboot' ? wantedOff(vm.id, decision) : undefined;
  if (off) return off;
  if ((what === 'stop' || what === 'delete') && name !== vm.name) return nameNotTyped(what, vm, name);
  if (what !== 'resize' && what !== 'delete') return undefined;
  if (!deps.canChange(vm.hypervisor)) {
    return refuse('no-token', 'Settings name no token with which VMs are changed', {
      errors: [
        {
          field: 'act',
          found: what,
          allowed: 'anything, once settings have tokens.create of this hypervisor',
        },
      ],
    });
  }
  if (which === undefined) {
    return refuse('not-identified', `Which guest VM ${vm.id} is was not read yet; ask again in a moment`);
  }
  if (what === 'delete' && vm.status === 'running') {
    return refuse('still-running', `VM ${vm.id} runs: shut it down first`, {
      errors: [{ field: 'act', found: 'delete', allowed: 'shutdown' }],
    });
  }
  return undefined;
}

function nameNotTyped(what: PeopleAct, vm: OwnedVm['vm'], name: string | undefined): Refusal {
  const gone = what === 'delete' ? 'it is destroyed with its disks' : 'its plug is pulled';
  return refuse('name-not-typed', `Type the name of VM ${vm.id} to ${what} it: ${gone}`, {
    errors: [{ field: 'body.name', ...(name !== undefined && { found: name }), allowed: vm.name }],
  });
}

interface Checked {
  readonly size?: SizeOf;
  /** As it is under the locks. */
  readonly owned: OwnedVm;
}

/** All that was judged to know what to lock is judged once more under the locks, and what needs them. */
async function checkAnew(
  tx: Tx,
  deps: RequestDeps,
  asked: AskedAct,
  before: OwnedVm,
): Promise<Checked | Refusal> {
  const owned = await readOwned(tx, asked.vm);
  // Another's quota, or another node's reserve, is not locked.
  if (owned?.whose.owner !== before.whose.owner || owned?.vm.node !== before.vm.node)
    return refuse('changed', `Whose VM ${asked.vm} is, or where it stands, has changed just now; ask again`, {
      errors: [{ field: 'act', found: asked.what, allowed: 'the same, asked once more' }],
    });
  return refusedAtOnce(asked, owned, deps) ?? (await check(tx, deps, asked, owned));
}

/** What needs the locks: what else is under way, the quota and the room. */
async function check(tx: Tx, deps: RequestDeps, asked: AskedAct, owned: OwnedVm): Promise<Checked | Refusal> {
  const { vm, whose } = owned;
  const kept = asked.what === 'delete' ? await refuseDeletion(tx, owned.owned?.project) : undefined;
  if (kept) return kept;
  const other = (await readOpenActs(tx, vm.id)).find(({ state }) => !isOver(state.what, asked.what));
  if (other) return underWay(vm.id, other);
  if (vm.class !== 'participant' || (asked.what !== 'start' && asked.what !== 'resize')) return { owned };
  const now = await sizeOfVm(tx, vm.id);
  const grown =
    asked.what === 'resize' ? growth(asked.size ?? {}, now) : { more: toStart(now), size: undefined };
  if (isRefusal(grown)) return grown;
  const { more, size } = grown;
  const over =
    (whose.owner === undefined
      ? undefined
      : overQuota(await readAccount(tx, deps.limits, whose.owner), more)) ??
    (await overRoom(
      tx,
      { readings: deps.measured.readings, reserve: deps.limits.reserve },
      {
        hypervisor: vm.hypervisor,
        node: vm.node,
        memoryMib: more.memoryMib ?? 0,
        storage: deps.measured.storage,
        diskGib: more.diskGib ?? 0,
      },
    ));
  return over ?? { owned, ...(size && { size }) };
}

/** One that runs already, or is about to, counts. */
function toStart({ running, cores, memoryMib }: Awaited<ReturnType<typeof sizeOfVm>>): Partial<Amounts> {
  return running ? {} : { cores, memoryMib };
}

/** Whoever pulls the plug does not wait for a shutdown, nor a reboot, that hangs. */
function isOver(before: PeopleAct, asked: PeopleAct): boolean {
  return asked === 'stop' && (before === 'shutdown' || before === 'reboot');
}

function underWay(vm: string, { id, state }: StoredAct): Refusal {
  return refuse('under-way', `Something else was asked of VM ${vm}, and is not over: ${state.what}`, {
    errors: [{ field: 'act', allowed: `anything, once GET /acts/${id} says done or failed` }],
  });
}

function requestedData(
  id: string,
  { vm, what, who }: AskedAct,
  owned: OwnedVm,
  size: SizeOf | undefined,
): EventData<'act.requested'> {
  const { hypervisor, vmid, kind, node, class: of } = owned.vm;
  const { owner } = owned.whose;
  return {
    act: id,
    vm,
    what,
    hypervisor,
    vmid,
    kind,
    node,
    ...(owned.which && { incarnation: owned.which.incarnation }),
    ...(owned.owned && { ownership: owned.owned.id }),
    ...(owner !== undefined && of === 'participant' && { owner }),
    ...(who.person !== undefined && { person: who.person }),
    ...(size && { size: sizeData(size) }),
    ...(owned.decision?.tier === 'hold' && { despite_hold: true }),
  };
}
