import { type EventData, isNo, type No, no } from '@huismeester/contracts';
import type { Tx } from '@huismeester/database';
import { type EventLog, isRefusal, type Refusal, refuse } from '@huismeester/events';
import { actScope, readOpenActs, type StoredAct } from '../asking/acts.ts';
import type { Class } from '../core/guest.ts';
import type { Asker } from '../core/may.ts';
import {
  accept,
  begin,
  endOffer,
  type OwnershipState,
  offer,
  unended,
  type Which,
} from '../core/ownership.ts';
import { overQuota } from '../core/quota.ts';
import { readProject } from '../projects/read.ts';
import { beginProject, handOverProject, lockProject } from '../projects/register.ts';
import { quotaScope, readAccount, sizeOfVm } from '../quota/account.ts';
import type { Limits } from '../quota/limits.ts';
import { ownershipId, projectIdOf } from './ownership-id.ts';
import { ownerships } from './ownerships.ts';
import { type OwnedVm, readOwned } from './whose.ts';

/** Who does it, as the log names them. */
interface By {
  readonly log: EventLog;
  readonly actor: string;
}

interface Offering {
  readonly which: Which;
  readonly to: string;
  readonly asker: Asker;
  /** Whether it is as whoever asks has read it. */
  readonly matches: (known: OwnedVm) => boolean;
}

/** Offers a VM to a person: one that is theirs to give, judged by whose it is under the lock. */
export async function offerVm(
  tx: Tx,
  { log, actor }: By,
  { which, to, asker, matches }: Offering,
): Promise<OwnershipState | Refusal | undefined> {
  const id = ownershipId(which);
  const { vm } = which;
  const done = await ownerships.handle<OwnedVm | undefined>(tx, {
    log,
    id,
    actor,
    read: () => readOwned(tx, vm),
    decide: (state, known) => {
      if (known === undefined) return refuse('not-found', `There is no VM ${vm} in a listed pool`);
      if (!matches(known)) return refuse('stale', `Whose VM ${vm} is has changed; read it again`);
      return offer(state, { id, which, to, by: actor, asker, whose: known.whose });
    },
  });
  return isRefusal(done) ? done : done.state;
}

/**
 * Offers a VM to the person that it names itself, if it is nobody's and offered to nobody; whether it was offered. A guest that is back is offered to its
 * last owner alone: who had it before them is named in it still, and what is in it is not theirs.
 */
export async function proposeVm(
  tx: Tx,
  { log, actor }: By,
  { which, to }: { readonly which: Which; readonly to: string },
): Promise<boolean> {
  const id = ownershipId(which);
  const whose = { class: 'participant', managers: [], retired: false } as const;
  const asker = { roles: ['administrator'] } as const;
  const decide = (state: OwnershipState | undefined) =>
    state === undefined || (state.ended && state.owner === to)
      ? offer(state, { id, which, to, by: actor, asker, whose })
      : [];
  const done = await ownerships.handle(tx, { log, id, actor, decide });
  return !isRefusal(done) && done.events.length > 0;
}

/** A VM as the last listing has it. */
interface ListedAs {
  readonly name: string;
  readonly class: Class;
}

/** What is judged under the locks before a VM is taken over. */
interface Takeover {
  readonly over: No | undefined;
  /** What it gets if it is in no project. */
  readonly project: string;
  readonly classes: readonly Class[];
}

/**
 * A person takes over what is offered to them, if their quota has room for it: that is checked under its lock, and that of what is asked of the VM, so
 * that neither two offers accepted at once nor a start beside it exceed it. What was asked of it before ends first. Its project goes with it, if it has no other VM. A project
 * that it gets by this is called after it.
 */
export async function acceptVm(
  tx: Tx,
  { log, actor, limits }: By & { readonly limits: Limits },
  { which, person, listed }: { readonly which: Which; readonly person: string; readonly listed: ListedAs },
): Promise<OwnershipState | Refusal | undefined> {
  const id = ownershipId(which);
  const { vm } = which;
  let before: string | null = null;
  let own = '';
  const done = await ownerships.handle<Takeover>(tx, {
    log,
    id,
    actor,
    scope: [quotaScope(person), actScope(vm)],
    read: async (_, state) => {
      const account = await readAccount(tx, limits, person);
      const { running, ...size } = await sizeOfVm(tx, vm);
      const now = unended(state);
      before = now?.owner ?? null;
      own = await ownProjectOf(tx, id, now?.project);
      const known = await lockProject(tx, now?.project ?? own);
      return {
        project: own,
        classes: [listed.class, ...(known ? [known.class] : [])],
        over:
          underWay(vm, await readOpenActs(tx, vm)) ??
          overQuota(account, {
            vms: 1,
            diskGib: size.diskGib,
            ...(running && { cores: size.cores, memoryMib: size.memoryMib }),
          }),
      };
    },
    decide: (state, { over, project, classes }) => {
      const accepted = accept(state, { id, vm, person, project, classes });
      if (isNo(accepted) || accepted.length === 0 || over === undefined) return accepted;
      return over;
    },
  });
  if (isRefusal(done)) return done;
  if (done.state?.project === own) {
    await beginProject(tx, log, { id: own, name: listed.name, owner: person, actor });
    if (done.events.length > 0)
      await handOverProject(tx, log, { id: own, ownership: id, before, person, actor });
  }
  return done.state;
}

/**
 * The id of the project of its own that a VM is in; of one that is in another, or in none, one that is not in the register yet: that of a guest which
 * was gone stays there with its history, retired or not, and may have become space-wide.
 */
async function ownProjectOf(tx: Tx, ownership: string, current: string | null | undefined): Promise<string> {
  for (let nth = 1; ; nth += 1) {
    const id = projectIdOf(ownership, nth);
    if (id === current || (await readProject(tx, id)) === undefined) return id;
  }
}

/** Whoever takes a VM over does not get what was asked of it before: that may be its end. */
function underWay(vm: string, [first]: readonly StoredAct[]): No | undefined {
  if (first === undefined) return undefined;
  const { what } = first.state;
  return no('under-way', `Before you take VM ${vm} over, what was asked of it is waited for: ${what}`, {
    clause: 'PART-3',
    errors: [{ field: 'act', found: what, allowed: 'the same, once it is done or failed' }],
  });
}

/** Ends an offer. */
export async function endOfferOf(
  tx: Tx,
  { log, actor }: By,
  { which, asker }: { readonly which: Which; readonly asker: Asker },
): Promise<Refusal | undefined> {
  const id = ownershipId(which);
  const decide = (state: OwnershipState | undefined) => endOffer(state, { id, vm: which.vm, asker });
  const done = await ownerships.handle(tx, { log, id, actor, decide });
  return isRefusal(done) ? done : undefined;
}

/**
 * Gives a VM its first owner, in the transaction in which it is known which guest it is: it is their making. Nothing when it has one already. Resolves with the id of the ownership.
 */
export async function beginOwnership(
  tx: Tx,
  log: EventLog,
  begun: Omit<EventData<'ownership.begun'>, 'ownership' | 'project'> & {
    readonly actor: string;
    /** Left out: it gets one of its own. */
    readonly project?: string | undefined;
  },
): Promise<string> {
  const { actor, project, ...data } = begun;
  const id = ownershipId(data);
  const event = { ...data, ownership: id, project: project ?? projectIdOf(id) };
  await ownerships.handle(tx, { log, id, actor, decide: (state) => begin(state, event) });
  return id;
}
