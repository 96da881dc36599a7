import type { AdminRight, PersonId } from '@huismeester/contracts';
import type { Account } from '../core/access/changes.ts';

/** An account as a source has it. */
export interface Found {
  /** What it is called there, with the uid of a person in it: for memory alone (PRIV-1). */
  readonly name: string;
  readonly kind: Account['kind'];
  readonly builtIn: Account['builtIn'];
  readonly asleep: boolean;
  readonly rights: readonly AdminRight[];
  /** What takes its rights away; for memory alone, since names are in it. */
  readonly commands: readonly string[];
  /** Whose it is by the source itself; without it, by `uid`. */
  readonly person?: PersonId;
  /** The uid of the person of the directory whose it is. */
  readonly uid?: string;
  /** Of a token: what its user is called there. */
  readonly user?: string;
}

/** What a look at a source brought. */
export type Looked =
  /** All accounts with admin rights there, and nothing else (PRIV-2). */
  | { readonly state: 'complete'; readonly accounts: readonly Found[] }
  /** It could not be read whole: nothing follows. `lacks` is for people, and has no name of anybody in it. */
  | { readonly state: 'unknown'; readonly lacks: string }
  /** There is nothing new since the last look. */
  | { readonly state: 'unchanged' };

/** Where accounts with admin rights are looked for. Each kind of source is one adapter; what follows from a look is not theirs. */
export interface AccessAdapter {
  /** A hypervisor's id, `directory` or `wiki`. */
  readonly id: string;
  /** It is looked at this often at least, ms, whatever `access.every` says. */
  readonly longestEveryMs?: number;
  /** Rejects only with a fault of our own, or when the signal aborts. */
  read(signal: AbortSignal): Promise<Looked>;
  /** What the last look brought is stored; until then the next look brings it again. */
  stored?(): void;
  close(): Promise<void>;
}
