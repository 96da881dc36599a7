import type { EventData } from '@huismeester/contracts';
import type { ProxmoxRequestRecord } from '@huismeester/simulators';
import type { LoggedEvent } from './assertions.ts';
import type { Class } from './classes.ts';

/** Who a request was about: the class of a plot's guest, or its node. */
type Whom = Class | 'node';

/** What the deeds of one plot are made out from. */
export interface Traces {
  readonly node: string;
  /** The class of the plot's guests. */
  readonly guests: ReadonlyMap<number, Class>;
  readonly requests: readonly ProxmoxRequestRecord[];
  readonly vmLifecycle: readonly LoggedEvent[];
  readonly policy: readonly LoggedEvent[];
}

interface Deed {
  readonly whom: Whom;
  readonly act: 'down' | 'up' | 'killed';
}

/**
 * What reached Proxmox, with the reason of the decision behind it: `core down: charge`. In the order of those decisions,
 * since what is decided at once may arrive in any order. One without a decision has the reason `nothing`; one that was
 * decided again, because the first decision had become too old, says `core down, anew: charge`.
 */
export function deedsOf(traces: Traces): string[] {
  const seen = new Map<string, number>();
  const deeds = traces.requests.flatMap((request) => {
    const deed = deedOf(traces, request);
    if (!deed) return [];
    const what = `${deed.whom} ${deed.act}`;
    const nth = seen.get(what) ?? 0;
    seen.set(what, nth + 1);
    const decision = decisionBehind(traces, deed, nth);
    const said = decision ? reasonOf(decision, traces.policy) : ': nothing';
    return [{ line: `${what}${said}`, position: decision?.position ?? 0 }];
  });
  return deeds.sort((a, b) => a.position - b.position).map(({ line }) => line);
}

/** The first reason; `anew` where the decision replaced an older one for the same. */
function reasonOf(decision: LoggedEvent, policy: readonly LoggedEvent[]): string {
  const { state, reasons } = decision.data as EventData<'desired-state.decided'>;
  const before = policy.findLast(
    ({ subject, type, position }) =>
      subject === decision.subject && type === decision.type && position < decision.position,
  );
  return `${before?.data.state === state ? ', anew' : ''}: ${reasons?.[0]?.code ?? 'no reason'}`;
}

const acts = { shutdown: 'down', start: 'up', stop: 'killed' } as const;

function deedOf({ node, guests }: Traces, { method, path }: ProxmoxRequestRecord): Deed | undefined {
  if (method !== 'POST') return undefined;
  if (path === `/nodes/${node}/status`) return { whom: 'node', act: 'down' };
  const [, vmid, asked] = /\/(?:qemu|lxc)\/(\d+)\/status\/([a-z]+)$/.exec(path) ?? [];
  const whom = guests.get(Number(vmid));
  const act = Object.entries(acts).find(([name]) => name === asked)?.[1];
  return whom && act && { whom, act };
}

/** The decision that the nth such request rests on, as was written down before it was sent. */
function decisionBehind(
  { node, guests, vmLifecycle, policy }: Traces,
  { whom, act }: Deed,
  nth: number,
): LoggedEvent | undefined {
  const intents = vmLifecycle.filter(({ type, data }) => {
    if (acts[data.act as keyof typeof acts] !== act) return false;
    if (type === 'node.power-requested') return whom === 'node' && data.node === node;
    return type === 'vm.power-requested' && guests.get(Number(data.vm)) === whom;
  });
  return policy.find(({ id }) => id === intents[nth]?.data.decision);
}
