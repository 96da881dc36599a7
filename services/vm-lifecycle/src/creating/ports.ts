import type { Tx } from '@huismeester/database';
import type { Refusal } from '@huismeester/events';
import type { Amounts } from '../core/quota.ts';

/** A VM that was made, and whose it is. */
interface MadeVm {
  readonly vm: string;
  readonly hypervisor: string;
  readonly vmid: number;
  readonly incarnation: string;
  /** The person's id. */
  readonly owner: string;
  /** What the project is called that it gets of its own, if it was asked for without one. */
  readonly name: string;
  readonly project?: string;
}

/** What making a VM takes of others: whose it is, what people may have, and how they log in. */
export interface CreatingPorts {
  /** A person's SSH keys, as the directory has them, else as they gave them to us; undefined when that is not known. */
  readonly sshKeys: (person: string) => Promise<readonly string[] | undefined>;
  /**
   * Whether a person has room for it, under the lock `quota/<person>`; what was begun before counts. What is made for a space-wide project counts
   * for nobody.
   */
  readonly takeQuota: (
    tx: Tx,
    whose: { readonly person: string; readonly project: string | undefined },
    asked: Partial<Amounts>,
  ) => Promise<Refusal | undefined>;
  /** Why a person may not make a VM for this project; undefined is one of its own. */
  readonly refuseCreation: (
    tx: Tx,
    person: string,
    project: string | undefined,
  ) => Promise<Refusal | undefined>;
  /** Writes down whose a VM is, and begins its project if it has none; the same again changes nothing. */
  readonly beginOwnership: (tx: Tx, made: MadeVm) => Promise<void>;
  /** Ends whose a VM was that was removed again before it ever ran, and the project that had begun with it; the same again changes nothing. */
  readonly endOwnership: (removed: Omit<MadeVm, 'owner' | 'name'>) => Promise<void>;
}
