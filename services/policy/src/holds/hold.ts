import { aggregate, type Made, type NewEvent, newEvent, type Refusal, refuse } from '@huismeester/events';
import { oneOf } from '@huismeester/service';
import { type HoldTarget, isPowerTarget } from '../desired/target.ts';
import { longestHoldMs } from '../facts/hold.ts';
import { refuseLength } from '../length.ts';
import { hold } from '../schema.ts';

export type HoldState = Omit<typeof hold.$inferSelect, 'id' | 'version'>;
type HoldEvent = Made<'hold.placed'> | Made<'hold.released'>;

/** The holds that people placed, each known by an id of its own. */
export const holds = aggregate({ kind: 'hold', table: hold, initial: undefined, evolve });

function evolve(_: HoldState | undefined, event: HoldEvent): HoldState | undefined {
  if (event.type === 'hold.released') return undefined;
  const { target, until, because, incarnation = null } = event.data;
  const by = event.actor ?? '';
  return { target, since: event.time, until: new Date(until), because, by, incarnation };
}

/** What a hold may be asked on: a hypervisor too, to be told to hold its nodes. */
export type AskedTarget = HoldTarget | Hypervisor;
type Hypervisor = `hypervisor/${string}`;

/** What is asked for when something is put on hold. */
export interface Asked {
  readonly id: string;
  readonly target: AskedTarget;
  readonly forMs: number;
  readonly because: string;
}

/** What is known when something is put on hold. */
export interface Knowledge {
  /** Whether the target is among the facts, or settings name it. */
  readonly known: boolean;
  /** Whether all logs that name targets were read to their heads. */
  readonly upToDate: boolean;
  /** Ids to choose from: the nodes, probes or switches that are known; of a hypervisor its nodes. */
  readonly ids: readonly string[];
  /** Of a VM, where it is known: which guest stands under its vmid. */
  readonly incarnation?: string;
}

/**
 * Puts a target on hold, however many holds it has: none of them ends sooner for it. Refused for one that is not known, for a
 * hypervisor, and for longer than the policy allows (SPACE-3).
 */
export function place(
  { id, target, forMs, because }: Asked,
  { known, upToDate, ids, incarnation }: Knowledge,
  now: Date,
): NewEvent<'hold.placed'>[] | Refusal {
  const tooLong = { title: 'A hold is for at most 24 hours, and another can follow it', clause: 'SPACE-3' };
  const refusal = refuseLength(forMs, longestHoldMs, tooLong);
  if (refusal) return refusal;
  if (isHypervisor(target)) return holdItsNodes(target, ids);
  if (!known && !upToDate) {
    return refuse(
      'not-read-yet',
      `${target} is not known yet: not all logs were read to their heads; ask again`,
    );
  }
  if (!known) return notKnown(target, ids);
  const until = new Date(now.getTime() + forMs).toISOString();
  const of = incarnation !== undefined && { incarnation };
  return [newEvent('hold.placed', `hold/${id}`, { hold: id, target, until, because, ...of })];
}

function isHypervisor(target: AskedTarget): target is Hypervisor {
  return target.startsWith('hypervisor/');
}

function holdItsNodes(target: Hypervisor, nodes: readonly string[]): Refusal {
  const allowed = nodes.map((id) => `node/${id}`).join(', ') || 'its nodes, as `GET /nodes` lists them';
  return refuse('hold-its-nodes', `${target} cannot be put on hold itself: hold each of its nodes`, {
    errors: [{ field: 'body.target', found: target, allowed }],
  });
}

function notKnown(target: HoldTarget, ids: readonly string[]): Refusal {
  // No rule touches a VM or node that is not listed. A probe or switch that settings do not name does not exist.
  const more = isPowerTarget(target) ? '; everything else is left alone anyway' : '';
  return refuse('not-found', `There is no ${target} among what settings name${more}`, {
    errors: [{ field: 'body.target', found: target, allowed: listed(target, ids) }],
  });
}

function listed(target: HoldTarget, ids: readonly string[]): string {
  const [kind, id = ''] = target.split('/');
  if (kind === 'vm') return 'a VM that `GET /vms` lists';
  const what = kind === 'port' ? 'a port of a switch' : `a ${kind}`;
  return ids.length === 0 ? `${what}; there is none` : `${what}: ${oneOf(ids, id)}`;
}

/** Ends one hold before its time; others on the same target stay. */
export function release(id: string, { target }: HoldState): NewEvent<'hold.released'>[] {
  return [
    newEvent('hold.released', `hold/${id}`, { hold: id, target: target as HoldTarget, how: 'released' }),
  ];
}
