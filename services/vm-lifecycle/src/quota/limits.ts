import { gibibytes, mebibytes, type SpaceSettings } from '@huismeester/contracts';
import type { Amounts } from '../core/quota.ts';

/** What settings allow a person, and to which share nodes and storages may be used, %. */
export interface Limits {
  readonly allowed: Amounts;
  readonly reserve: { readonly memory: number; readonly storage: number };
}

export function limitsOfSettings({ quota, reserve }: Pick<SpaceSettings, 'quota' | 'reserve'>): Limits {
  const { vms, cores, memory, disk } = quota;
  return { allowed: { vms, cores, memoryMib: mebibytes(memory), diskGib: gibibytes(disk) }, reserve };
}
