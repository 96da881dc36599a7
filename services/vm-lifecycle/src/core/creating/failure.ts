import type { StepFailure, TokenCall } from '@huismeester/contracts';
import { lackingRight } from './rights.ts';

/** A call or a task that failed, as it was seen. */
interface Seen {
  readonly call: TokenCall;
  /** The code of a `ProxmoxError`; undefined where a task ended with an error. */
  readonly code?: string;
  readonly reason: string;
}

/** Why a step did not work, in words that may be stored and shown. */
export interface Failure {
  readonly failure: StepFailure;
  readonly error: string;
}

const locked = /can't lock file|\bis locked\b|got lock request timeout|got timeout/;
const full =
  /no space left|(not|n.t) (have )?enough (free )?space|out of space|insufficient (free )?space|storage .* full|disk quota exceeded/i;
const taken = /already exists|unable to create (VM|CT) \d+/i;
const changed = /detected modified configuration/;

/** Whether a number turned out to be taken: by whom is to be looked at. */
export function isTaken({ reason }: Pick<Seen, 'reason'>): boolean {
  return taken.test(reason) && !locked.test(reason);
}

/** What a failure is, by Proxmox's own sentence: neither its 500s nor the ends of its tasks have a code. */
export function failureOf({ call, code, reason }: Seen): Failure {
  const error = reason.trim();
  if (code === 'forbidden') return { failure: 'forbidden', error: lackingRight(call, reason) };
  if (code === 'unauthorized') return { failure: 'forbidden', error: 'Proxmox does not know the token' };
  if (code === 'locked' || locked.test(reason) || changed.test(reason)) return { failure: 'locked', error };
  if (full.test(reason)) return { failure: 'storage-full', error };
  if (code === undefined || code === 'domain' || code === 'bad-parameter')
    return { failure: 'refused', error };
  if (code === 'not-found') return { failure: 'gone', error };
  return { failure: 'unreachable', error: `Proxmox could not be asked (${code})` };
}

/** For how long a step is tried again whose failure passes by itself, ms. */
const waitsMs = 30 * 60_000;
/** How often one is tried that Proxmox refused. */
const tries = 3;

/** Whether a step is tried again by itself. `sinceMs`: how long ago it began; `failures`: how often it failed, this one included. */
export function isTriedAgain(
  failure: StepFailure,
  { sinceMs, failures }: { sinceMs: number; failures: number },
): boolean {
  if (failure === 'locked' || failure === 'unreachable') return sinceMs < waitsMs;
  return failure === 'refused' && failures < tries;
}

const hints: Readonly<Partial<Record<StepFailure, string>>> = {
  locked: 'Another task holds the template or the VM, such as a backup: try again when it is done',
  unreachable: 'Proxmox does not answer: try again when `GET /hypervisors` says that it is reachable',
  forbidden: 'The infrateam grants the right: `huismeester check-config --connect` prints the command',
  'storage-full': 'Choose a smaller disk, or ask the infrateam for room on the storage',
  'no-vmid': 'All numbers of our range are taken: the infrateam widens vmids, or removes VMs of it',
  'no-room': 'Choose a smaller size, or ask the infrateam: the rest is kept free for what runs already',
  gone: 'Somebody removed it in Proxmox: try again, and it is made anew',
  interrupted: 'Its making was broken off in Proxmox: the infrateam looks at what is left of it',
};

/** What to do about a failure. */
export function hintOf(failure: StepFailure): string {
  return hints[failure] ?? 'Try again, or give up and ask the infrateam, with what Proxmox said';
}
