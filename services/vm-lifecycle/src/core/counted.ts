import type { ActState, SizeOf } from './act.ts';
import type { CreationState } from './creation.ts';
import type { CountedVm } from './quota.ts';

type Known = Required<{ [K in keyof SizeOf]: number }>;

/** A listed VM, as far as it counts. */
export interface ListedVm {
  readonly name: string;
  readonly status: 'running' | 'stopped';
  readonly cores: number | null;
  readonly memoryMib: number | null;
  readonly diskGib: number | null;
}

/** What was asked of a VM, over or not. */
export interface AskedOfVm {
  readonly open: boolean;
  readonly state: Pick<ActState, 'what' | 'phase' | 'size'>;
}

/**
 * What a VM uses: it counts as running from the moment that its start is asked for, and as large as it was last asked to be, since a listing
 * shows both later. One that is not listed for a moment counts as one, of unknown size.
 */
export function countedVm(
  id: string,
  {
    listed,
    acts,
    making,
  }: {
    readonly listed: ListedVm | undefined;
    readonly acts: readonly AskedOfVm[];
    /** It is being made, or what is left of it stands there. */
    readonly making?: Pick<CreationState, 'name' | 'step' | 'cores' | 'memoryMib' | 'diskGib'> | undefined;
  },
): CountedVm {
  const starts = acts.some(({ open, state: { what } }) => open && (what === 'start' || what === 'reboot'));
  const sizes = acts.flatMap(({ open, state: { what, phase, size } }) =>
    what === 'resize' && size && (open || phase === 'done') ? [size] : [],
  );
  const given: SizeOf = {
    cores: listed?.cores ?? 0,
    memoryMib: listed?.memoryMib ?? 0,
    diskGib: listed?.diskGib ?? 0,
  };
  // What failed is not about to run until it is tried once more, which takes the quota anew.
  const isOn = making !== undefined && making.step !== 'failed';
  const shown = listed === undefined ? making?.name : listed.name;
  return {
    vm: id,
    ...(shown !== undefined && { name: shown }),
    running: listed?.status === 'running' || starts || isOn,
    ...(isOn && { creating: true }),
    ...largest(making ? [given, making, ...sizes] : [given, ...sizes]),
  };
}

/** Whether a creation uses anything, its number included: of one that failed nothing is left, unless it says so. */
export function usesAnything({ step, left }: Pick<CreationState, 'step' | 'left'>): boolean {
  return step !== 'failed' || left === true;
}

/** Nothing gets smaller here. */
function largest(sizes: readonly SizeOf[]): Known {
  const most = (key: keyof SizeOf) => Math.max(...sizes.map((size) => size[key] ?? 0));
  return { cores: most('cores'), memoryMib: most('memoryMib'), diskGib: most('diskGib') };
}
