import type { EventData } from '@huismeester/contracts';
import { type Entry, isOneOf } from './logs.ts';

/** A power request as Proxmox got it. */
export interface Sent {
  readonly vm: string;
  readonly act: string;
}

/** How a VM ended up: what policy wants of it, and what it really is. */
export interface Outcome {
  readonly vm: string;
  readonly wanted: string;
  readonly is: string;
}

type Intent = EventData<'vm.power-requested'>;

const wantedBy: Readonly<Record<string, string>> = { shutdown: 'stopped', stop: 'stopped', start: 'running' };

/**
 * What reached Proxmox without being written down first, or twice for one decision without a reason, or without a
 * decision that wants it. The logs are all that there were, with those that were lost.
 */
export function deedFaults(
  sent: readonly Sent[],
  logs: { readonly vmLifecycle: readonly Entry[]; readonly policy: readonly Entry[] },
): string[] {
  const intents = unique(logs.vmLifecycle).flatMap((entry) =>
    isOneOf(entry, ['vm.power-requested']) ? [entry.data] : [],
  );
  const decisions = new Map(unique(logs.policy).map((entry) => [entry.id, entry.data]));
  return [...unwritten(sent, intents), ...repeated(intents), ...unfounded(intents, decisions)];
}

/** A log that was lost begins as the one that replaced it. */
function unique(entries: readonly Entry[]): Entry[] {
  return [...new Map(entries.map((entry) => [entry.id, entry])).values()];
}

function unwritten(sent: readonly Sent[], intents: readonly Intent[]): string[] {
  const count = (all: readonly Sent[]) => Map.groupBy(all, ({ vm, act }) => `${act} of ${vm}`);
  const written = count(intents);
  return [...count(sent)].flatMap(([what, requests]) => {
    const times = written.get(what)?.length ?? 0;
    return requests.length > times
      ? [`${what} reached Proxmox ${requests.length} times, and was written down ${times} times`]
      : [];
  });
}

function repeated(intents: readonly Intent[]): string[] {
  const asked = Map.groupBy(intents, ({ vm, act, decision }) => `${act} of ${vm} for decision ${decision}`);
  return [...asked].flatMap(([what, of]) => {
    const bare = of.slice(1).filter(({ because }) => because === undefined);
    return bare.length > 0 ? [`${what} was repeated ${bare.length} times without a reason`] : [];
  });
}

function unfounded(intents: readonly Intent[], decisions: ReadonlyMap<string, Entry['data']>): string[] {
  return intents.flatMap(({ vm, act, decision }) => {
    const { state, mode, target: of } = decisions.get(decision) ?? {};
    if (of === `vm/${vm}` && state === wantedBy[act] && mode === 'enforce') return [];
    return [`${act} of ${vm} rests on ${decision}, which wants ${state ?? 'nothing'} of ${of ?? 'nobody'}`];
  });
}

/** Where the end is not as it was without any fault. */
export function outcomeFaults(undisturbed: readonly Outcome[], end: readonly Outcome[]): string[] {
  const ends = new Map(end.map((one) => [one.vm, one]));
  return undisturbed.flatMap(({ vm, wanted, is }) => {
    const found = ends.get(vm);
    if (found?.wanted === wanted && found.is === is) return [];
    const now = found ? `${found.wanted} and ${found.is}` : 'gone';
    return [`VM ${vm} is wanted ${wanted} and is ${is} without faults; after them ${now}`];
  });
}
