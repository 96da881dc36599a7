import {
  Creation,
  exportedResources,
  LeaseEntity,
  Node,
  Power,
  Snapshot,
  Token,
  Vm,
} from '@huismeester/contracts';
import { Value } from 'typebox/value';
import type { Api } from '../api.ts';
import { NotFine } from '../errors.ts';
import { gather } from '../export/gather.ts';
import { type Answer, answerOf } from '../served.ts';

/** A VM that would stay as Huismeester left it, with the command for root on its node that puts it right. */
export interface VmCommand {
  readonly vm: string;
  readonly name: string;
  readonly node: string;
  readonly command: string;
}

/** What leaving takes, as far as Huismeester itself knows. */
export interface Leaving {
  /** Why this is not the moment: a power cut, or something that is being done. Empty: nothing is in the way. */
  readonly inTheWay: readonly InTheWay[];
  readonly vms: Answer<Readonly<Record<Vm['class'], number>>>;
  /** VMs and nodes that are off and that Huismeester would start again. */
  readonly toStart: readonly VmCommand[];
  readonly nodesOff: readonly string[];
  /** VMs whose node starts them no more since their lease ended (PART-4); they are given back by these commands. */
  readonly onboot: Answer<readonly VmCommand[]>;
  /** How much each register of the export has; or why there would be none. */
  readonly export: { readonly value: Readonly<Record<string, number>> } | { readonly missing: string };
  /** Names of the tokens of Huismeester by which programs ask it. */
  readonly programs: Answer<readonly string[]>;
}

export type InTheWay =
  | { readonly what: 'power'; readonly stage: string }
  | { readonly what: 'act'; readonly about: string; readonly act: string }
  | { readonly what: 'creation'; readonly about: string };

/** Reads all of it; nothing is changed by asking. */
export async function readLeaving(api: Api, now: () => Date): Promise<Leaving> {
  const [power, vms, nodes, creations, snapshot, tokens, registers] = await Promise.all([
    answerOf(api.get('/api/v1/power', Power)),
    answerOf(api.list('/api/v1/vms', Vm)),
    answerOf(api.list('/api/v1/nodes', Node)),
    answerOf(api.list('/api/v1/creations', Creation)),
    answerOf(api.get('/api/v1/vm-lifecycle/snapshot', Snapshot)),
    answerOf(api.list('/api/v1/tokens', Token)),
    countRegisters(api, now),
  ]);
  const all = read(vms) ?? [];
  return {
    inTheWay: inTheWay(read(power), all, read(nodes) ?? [], read(creations) ?? []),
    vms: mapped(vms, countByClass),
    toStart: all
      .filter(({ desired, status }) => desired === 'running' && status === 'stopped')
      .map((vm) => ofVm(vm, 'start')),
    nodesOff: (read(nodes) ?? [])
      .filter(({ online, desired }) => !online && desired === 'running')
      .map(({ id }) => id),
    onboot: mapped(snapshot, (found) => withOnbootOff(found, all)),
    export: registers,
    programs: mapped(tokens, (found) => found.map(({ name }) => name)),
  };
}

function inTheWay(
  power: Power | undefined,
  vms: readonly Vm[],
  nodes: readonly Node[],
  creations: readonly Creation[],
): InTheWay[] {
  const stage = power?.stage;
  return [
    ...(stage === undefined || stage === 'mains' ? [] : [{ what: 'power', stage } as const]),
    ...[
      ...vms.map((vm) => ({ ...vm, about: `vm/${vm.id}` })),
      ...nodes.map((node) => ({ ...node, about: `node/${node.id}` })),
    ].flatMap(({ about, act }) => (act === undefined ? [] : [{ what: 'act', about, act } as const])),
    ...creations.flatMap(({ ready, vm }) =>
      ready ? [] : [{ what: 'creation', about: `vm/${vm}` } as const],
    ),
  ];
}

function countByClass(vms: readonly Vm[]): Readonly<Record<Vm['class'], number>> {
  const of = (wanted: Vm['class']) => vms.filter((vm) => vm.class === wanted).length;
  return { core: of('core'), 'space-wide': of('space-wide'), participant: of('participant') };
}

/** Of a VM that is gone, or that its node starts again by now, there is nothing to give back. */
function withOnbootOff({ entities }: Snapshot, vms: readonly Vm[]): VmCommand[] {
  const off = new Set(
    entities.flatMap(({ subject, state }) =>
      subject.startsWith('lease/') &&
      Value.Check(LeaseEntity, state) &&
      state.onbootOff === true &&
      state.over !== true
        ? [state.vm]
        : [],
    ),
  );
  return vms.filter(({ id, onboot }) => off.has(id) && onboot !== true).map((vm) => ofVm(vm, 'onboot'));
}

function ofVm({ id, name, node, vmid, kind }: Vm, what: 'start' | 'onboot'): VmCommand {
  const program = kind === 'lxc' ? 'pct' : 'qm';
  const command = what === 'start' ? `${program} start ${vmid}` : `${program} set ${vmid} --onboot 1`;
  return { vm: id, name, node, command };
}

async function countRegisters(api: Api, now: () => Date): Promise<Leaving['export']> {
  try {
    const found: Readonly<Record<string, unknown>> = await gather(api, now);
    const counts = Object.fromEntries(
      exportedResources.map(([path]) => {
        const register = found[path] as { readonly items?: readonly unknown[] };
        return [path, register.items?.length ?? 1];
      }),
    );
    return { value: counts };
  } catch (error) {
    if (error instanceof NotFine) return { missing: error.message };
    throw error;
  }
}

function read<T>(answer: Answer<T>): T | undefined {
  return 'value' in answer ? answer.value : undefined;
}

function mapped<T, U>(answer: Answer<T>, to: (value: T) => U): Answer<U> {
  return 'value' in answer ? { value: to(answer.value) } : answer;
}
