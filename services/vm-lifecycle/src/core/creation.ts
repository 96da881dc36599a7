import { backoffMs } from '@huismeester/clock/backoff';
import type { CreationStep, EventData, EventType, StepFailure } from '@huismeester/contracts';
import type { Kind } from './guest.ts';

/** A VM that is being made: what was asked for, and how far it is. */
export interface CreationState {
  readonly name: string;
  readonly template: string;
  readonly kind: Kind;
  /** Who logs in. */
  readonly user: string;
  readonly cores: number;
  readonly memoryMib: number;
  readonly diskGib: number;
  readonly project?: string;
  /** SSH keys without their comments. They are in no event, and here only until they are not needed any more. */
  readonly keys?: readonly string[];
  readonly step: CreationStep;
  /** When each step began, the first time. */
  readonly steps: readonly { readonly step: CreationStep; readonly at: string }[];
  /** Where the guest stands, or is about to. */
  readonly node?: string;
  /** The request of this step was about to be sent, at that moment; what became of it is to be looked for. */
  readonly askedAt?: string;
  readonly upid?: string;
  /** How often this step failed. */
  readonly failures: number;
  readonly notBefore?: string;
  readonly failure?: StepFailure;
  readonly error?: string;
  /** The step that could not be done. */
  readonly failedAt?: CreationStep;
  /** Its start was asked for: what may be in it is its owner's. */
  readonly startAsked?: true;
  /** The task by which it was started: its owner asked for that. */
  readonly startUpid?: string;
  /** Something of it may still stand in Proxmox. */
  readonly left?: boolean;
  readonly incarnation?: string;
  readonly address?: string;
}

/** All that is stored of a creation, but its id and version. */
export interface CreationRow {
  readonly owner: string;
  readonly hypervisor: string;
  readonly vmid: number;
  /** Neither done nor given up. */
  readonly open: boolean;
  readonly state: CreationState;
}

type CreationEventType = Extract<EventType, `creation.${string}`>;
export type CreationEvent = {
  readonly [T in CreationEventType]: { readonly type: T; readonly data: EventData<T>; readonly time: Date };
}[CreationEventType];

/** Until a step is tried again, in milliseconds. */
const pauses = { firstMs: 1_000, longestMs: 20_000 } as const;

/** What a creation is after an event. Long, since it has a case for each. */
export function evolveCreation(row: CreationRow | undefined, event: CreationEvent): CreationRow | undefined {
  if (event.type === 'creation.begun') return begun(event.data, event.time);
  if (row === undefined) return undefined;
  const { state } = row;
  const at = event.time.toISOString();
  switch (event.type) {
    case 'creation.step-begun':
      return { ...row, state: stepBegun(state, event.data, at) };
    case 'creation.step-accepted': {
      // Why it is cleaned up is said until that is done.
      const good = state.step === 'cleaning-up' ? state : without(state, 'failure', 'error');
      const { upid, step } = event.data;
      const started = step === 'starting' && { startUpid: upid };
      return { ...row, state: { ...without(good, 'notBefore'), upid, ...started } };
    }
    case 'creation.step-failed': {
      const { failure, error, attempt, step, again } = event.data;
      const notBefore = new Date(event.time.getTime() + backoffMs(attempt, pauses)).toISOString();
      const failed = { ...without(state, 'upid', 'notBefore'), failures: attempt, failure, error };
      return { ...row, state: again ? { ...failed, notBefore } : { ...failed, failedAt: step } };
    }
    case 'creation.vmid-changed':
      return { ...row, vmid: event.data.vmid, state: elsewhere(state, at) };
    case 'creation.identified': {
      const { incarnation, node } = event.data;
      return { ...row, state: { ...state, incarnation, node } };
    }
    case 'creation.done': {
      const { address } = event.data;
      const ended = reached(without(fresh(state), 'keys', 'failure', 'error'), 'done', at);
      return { ...row, open: false, state: { ...ended, ...(address !== undefined && { address }) } };
    }
    case 'creation.failed': {
      const { step, failure, error, left } = event.data;
      return {
        ...row,
        state: { ...reached(fresh(state), 'failed', at), failure, error, failedAt: step, left },
      };
    }
    case 'creation.retried':
      return { ...row, state: retried(state, at) };
    case 'creation.given-up': {
      const ended = reached(without(fresh(state), 'keys'), 'given-up', at);
      return { ...row, open: false, state: { ...ended, left: event.data.left } };
    }
    default:
      return event satisfies never;
  }
}

function begun(data: EventData<'creation.begun'>, time: Date): CreationRow {
  const { owner, hypervisor, vmid, name, template, kind, user, cores, project } = data;
  const state: CreationState = {
    name,
    template,
    kind,
    user,
    cores,
    memoryMib: data.memory_mib,
    diskGib: data.disk_gib,
    ...(project !== undefined && { project }),
    step: 'planned',
    steps: [{ step: 'planned', at: time.toISOString() }],
    failures: 0,
  };
  return { owner, hypervisor, vmid, open: true, state };
}

function stepBegun(
  before: CreationState,
  { step, node }: EventData<'creation.step-begun'>,
  at: string,
): CreationState {
  const same = before.step === step;
  const state = same ? without(before, 'upid', 'notBefore') : fresh(before);
  // What failed stands there until it was cleaned up, so that it can be said why.
  const kept = step === 'cleaning-up' || same ? state : without(state, 'failure', 'error', 'failedAt');
  return {
    ...reached(kept, step, at),
    askedAt: at,
    ...(node !== undefined && { node }),
    ...(step === 'starting' && { startAsked: true }),
  };
}

const start = ['startAsked', 'startUpid'] as const;

/** Nothing of it stands under the new number. What is being cloned keeps its turn. */
function elsewhere(state: CreationState, at: string): CreationState {
  if (state.step === 'cloning') return { ...fresh(state), askedAt: at };
  return reached(without(fresh(state), 'node', 'incarnation', ...start), 'planned', at);
}

/** Whether what failed stands there, and goes on where it failed once it is tried once more; of what does not, everything is made again. */
export function goesOn({ left, incarnation }: Pick<CreationState, 'left' | 'incarnation'>): boolean {
  return left === true && incarnation !== undefined;
}

function retried(state: CreationState, at: string): CreationState {
  const { failedAt = 'planned' } = state;
  const again = without(fresh(state), 'failure', 'error', 'failedAt', 'left');
  if (goesOn(state)) return reached(again, failedAt, at);
  return reached(without(again, 'incarnation', 'node', ...start), 'planned', at);
}

/** Nothing was asked yet. */
function fresh(state: CreationState): CreationState {
  return { ...without(state, 'askedAt', 'upid', 'notBefore'), failures: 0 };
}

function reached(state: CreationState, step: CreationStep, at: string): CreationState {
  return state.step === step ? state : { ...state, step, steps: [...state.steps, { step, at }] };
}

/** What a creation need not have. */
type Optional = Exclude<
  keyof CreationState,
  'name' | 'template' | 'kind' | 'user' | 'cores' | 'memoryMib' | 'diskGib' | 'step' | 'steps' | 'failures'
>;

function without(state: CreationState, ...keys: readonly Optional[]): CreationState {
  const rest: { -readonly [K in keyof CreationState]: CreationState[K] } = { ...state };
  for (const key of keys) delete rest[key];
  return rest;
}
