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
    /** It is being made. */
    readonly making?: Pick<CreationState, 'name' | 'cores' | 'memoryMib' | 'diskGib'> | undefined;
  },
): CountedVm {
  const starts = acts.some(({ open, state: { what } }) => open && (what === 'start' || what === 'reboot'));
  const sizes = acts.flatMap(({ open, state: { what, phase, size } }) =>
    what === 'resize' && size && (open || phase === 'done') ? [size] : [],
  );
  const { cores, memoryMib, diskGib, name } = listed ?? {};
  const given: SizeOf = { cores: cores ?? 0, memoryMib: memoryMib ?? 0, diskGib: diskGib ?? 0 };
  const shown = name ?? making?.name;
  return {
    vm: id,
    ...(shown !== undefined && { name: shown }),
    running: listed?.status === 'running' || starts || making !== undefined,
    ...(making && { creating: true }),
    ...largest(making ? [given, making, ...sizes] : [given, ...sizes]),
  };
}

/** Nothing gets smaller here. */
function largest(sizes: readonly SizeOf[]): Known {
  const most = (key: keyof SizeOf) => Math.max(...sizes.map((size) => size[key] ?? 0));
  return { cores: most('cores'), memoryMib: most('memoryMib'), diskGib: most('diskGib') };
}
