import { type No, no } from '@huismeester/contracts';

/** How much of each resource: MiB of memory, GiB of disk. */
export interface Amounts {
  readonly vms: number;
  readonly cores: number;
  readonly memoryMib: number;
  readonly diskGib: number;
}

/** A VM as it counts against its owner's quota; `running` also when it is about to run. */
export interface CountedVm extends Omit<Amounts, 'vms'> {
  readonly vm: string;
  readonly name?: string | undefined;
  readonly running: boolean;
  /** It is being made. */
  readonly creating?: boolean | undefined;
}

const none: Amounts = { vms: 0, cores: 0, memoryMib: 0, diskGib: 0 };
const resources = ['vms', 'cores', 'memoryMib', 'diskGib'] as const;
type Resource = (typeof resources)[number];
const words: Readonly<Record<Resource, string>> = {
  vms: 'VMs',
  cores: 'cores',
  memoryMib: 'MiB of memory',
  diskGib: 'GiB of disk',
};

/** What a person uses: each VM with its disk, those that run or are about to with cores and memory too (PART-2). */
export function useOf(vms: readonly CountedVm[]): Amounts {
  return vms.reduce(
    (sum, { running, cores, memoryMib, diskGib }) => ({
      vms: sum.vms + 1,
      cores: sum.cores + (running ? cores : 0),
      memoryMib: sum.memoryMib + (running ? memoryMib : 0),
      diskGib: sum.diskGib + diskGib,
    }),
    none,
  );
}

/** Whom the quota is of, what they use and how much they may. */
export interface Account {
  readonly allowed: Amounts;
  readonly vms: readonly CountedVm[];
}

/**
 * Why more is not within a person's quota; undefined when it is. An entry for each resource that does not fit, with what is used, asked and
 * allowed, and the VMs of theirs that would have to stop, or go. Of what nothing more is asked nothing is refused: who was given less
 * since keeps what they have.
 */
export function overQuota({ allowed, vms }: Account, asked: Partial<Amounts>): No | undefined {
  const used = useOf(vms);
  const over = resources.filter((each) => {
    const more = asked[each] ?? 0;
    return more > 0 && used[each] + more > allowed[each];
  });
  const [first] = over;
  if (first === undefined) return undefined;
  const title = `That is more than your quota: ${words[first]} used ${used[first]}, asked ${asked[first]}, allowed ${allowed[first]}`;
  const errors = over.map((each) => ({
    field: each,
    found: `used ${used[each]}, asked ${asked[each]}`,
    allowed: `${allowed[each]} ${words[each]}; ${freeing(each, vms)}`,
  }));
  return no('quota-exceeded', title, { clause: 'PART-2', errors });
}

/** What would make room: those of theirs that run, or for disks and numbers any, the largest first. */
function freeing(resource: Resource, vms: readonly CountedVm[]): string {
  const isOfAll = resource === 'vms' || resource === 'diskGib';
  const size = (each: CountedVm) => (resource === 'vms' ? 1 : each[resource]);
  const those = vms
    .filter((each) => (isOfAll || each.running) && size(each) > 0)
    .toSorted((a, b) => size(b) - size(a))
    .map(({ vm, name }) => (name === undefined ? vm : `${vm} (${name})`));
  if (those.length === 0) return 'none of your VMs uses any';
  return `${isOfAll ? 'delete' : 'stop'} one of ${those.join(', ')}`;
}
