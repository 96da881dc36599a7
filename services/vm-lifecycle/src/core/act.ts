import type { EventData, EventType, PeopleAct } from '@huismeester/contracts';
import type { GuestTask, Kind } from './guest.ts';

/** What a VM may use; what is left out stays as it is, or is not known. */
export interface SizeOf {
  readonly cores?: number | undefined;
  readonly memoryMib?: number | undefined;
  /** Of its root disk. */
  readonly diskGib?: number | undefined;
}

/** What a person asked of a VM, and how far it is. `upid` and `by` are read where it is judged who made a guest start or stop. */
export interface ActState {
  readonly what: PeopleAct;
  /** Who asked, as the log names them. */
  readonly by: string;
  readonly person?: string;
  readonly hypervisor: string;
  readonly vmid: number;
  readonly kind: Kind;
  /** Where the guest stood when it was asked for last. */
  readonly node: string;
  /** The guest that is meant; undefined where it was not known yet. */
  readonly incarnation?: string;
  readonly ownership?: string;
  /** Whose quota counts it. */
  readonly owner?: string;
  readonly size?: SizeOf;
  /** `requested`: nothing was sent. `asked`: about to be sent, or sent. `accepted`: Proxmox took it. */
  readonly phase: 'requested' | 'asked' | 'accepted' | 'done' | 'failed';
  /** Moments in ISO 8601. */
  readonly requestedAt: string;
  readonly askedAt?: string;
  readonly endedAt?: string;
  readonly attempt: number;
  /** Of a resize: what was asked last. */
  readonly step?: ResizeStep;
  readonly upid?: string;
  /** Of those before it: none of them is taken for this one's. */
  readonly upids?: readonly string[];
  readonly error?: string;
  readonly pending?: boolean;
}

/** A disk grows before cores and memory change: that one may fail for want of room. */
export type ResizeStep = 'disk' | 'config';

export interface ActRow {
  readonly vm: string;
  readonly open: boolean;
  readonly state: ActState;
}

type ActEventType = Extract<EventType, `act.${string}`>;
export type ActEvent = {
  readonly [T in ActEventType]: {
    readonly type: T;
    readonly data: EventData<T>;
    readonly time: Date;
    readonly actor?: string;
  };
}[ActEventType];

/** What an act is after an event. */
export function evolveAct(row: ActRow | undefined, event: ActEvent): ActRow | undefined {
  if (event.type === 'act.requested') return requested(event);
  if (row === undefined) return undefined;
  const { state } = row;
  const at = event.time.toISOString();
  switch (event.type) {
    case 'act.asked': {
      const { upid, step: _, ...before } = state;
      const { attempt, step, node } = event.data;
      const upids = upid === undefined ? (state.upids ?? []) : [upid, ...(state.upids ?? [])];
      const asked = { ...before, phase: 'asked', askedAt: at, attempt, node, upids } as const;
      return { ...row, state: { ...asked, ...(step && { step }) } };
    }
    case 'act.accepted': {
      const { upid } = event.data;
      return { ...row, state: { ...state, phase: 'accepted', ...(upid !== undefined && { upid }) } };
    }
    case 'act.done': {
      const { pending } = event.data;
      const done = { ...state, phase: 'done', endedAt: at, ...(pending && { pending }) } as const;
      return { ...row, open: false, state: done };
    }
    case 'act.failed': {
      const { error } = event.data;
      return { ...row, open: false, state: { ...state, phase: 'failed', endedAt: at, error } };
    }
    default:
      return event satisfies never;
  }
}

function requested({ data, time, actor = '' }: ActEvent & { type: 'act.requested' }): ActRow {
  const { act: _, vm, size, ...of } = data;
  const requestedAt = time.toISOString();
  const state: ActState = { ...of, by: actor, phase: 'requested', requestedAt, attempt: 0 };
  return { vm, open: true, state: size ? { ...state, size: sizeFrom(size) } : state };
}

function sizeFrom({
  cores,
  memory_mib,
  disk_gib,
}: {
  cores?: number;
  memory_mib?: number;
  disk_gib?: number;
}): SizeOf {
  return {
    ...(cores !== undefined && { cores }),
    ...(memory_mib !== undefined && { memoryMib: memory_mib }),
    ...(disk_gib !== undefined && { diskGib: disk_gib }),
  };
}

/** The part of a size that an event has. */
export function sizeData({ cores, memoryMib, diskGib }: SizeOf) {
  return {
    ...(cores !== undefined && { cores }),
    ...(memoryMib !== undefined && { memory_mib: memoryMib }),
    ...(diskGib !== undefined && { disk_gib: diskGib }),
  };
}

/** How Proxmox calls the tasks of each act. */
const kinds: Readonly<Record<PeopleAct, RegExp>> = {
  start: /^(qmstart|vzstart|hastart)$/,
  shutdown: /^(qmshutdown|vzshutdown|hastop)$/,
  stop: /^(qmstop|vzstop|hastop)$/,
  reboot: /^(qmreboot|vzreboot)$/,
  resize: /^(resize|qmresize|vzresize)$/,
  delete: /^(qmdestroy|vzdestroy)$/,
};

/** A node's clock may stand this far from ours; UPIDs that we know of are never taken twice. */
const clockSkewMs = 5 * 60_000;

/** When tasks are looked for from, so that one whose answer was lost is found; also when our clock went back since. */
export function tasksOfActFrom({ askedAt, requestedAt }: ActState, now: Date): Date {
  return new Date(Math.min(Date.parse(askedAt ?? requestedAt), now.getTime()) - clockSkewMs);
}

/** The task that our request led to, if it is among these; `taken` are those of other requests and acts. */
export function ownTask(
  act: ActState,
  tasks: readonly GuestTask[],
  { token, taken, now }: { readonly token: string; readonly taken: readonly string[]; readonly now: Date },
): GuestTask | undefined {
  const from = tasksOfActFrom(act, now);
  const others = [...taken, ...(act.upids ?? [])];
  return tasks.find(
    ({ user, type, startedAt, upid }) =>
      user === token && kinds[act.what].test(type) && startedAt >= from && !others.includes(upid),
  );
}
