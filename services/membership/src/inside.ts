import type { Loop } from '@huismeester/clock';
import type { Directory, openDirectory } from '@huismeester/directory';
import type { Service } from '@huismeester/service';
import type { OpenedAccess } from './access/open.ts';
import type { LoginLimits } from './core/login-limits.ts';
import type { Gate } from './login/gate.ts';
import type { Looks } from './people/looks.ts';
import type { Memory } from './people/memory.ts';

export const usedSettings = ['site', 'http', 'directory', 'team', 'access', 'hypervisors', 'wiki'] as const;
/** What tests may put another in the place of. */
export interface Overrides {
  readonly openDirectory: typeof openDirectory;
}
export type Membership = Service<(typeof usedSettings)[number], Overrides>;

/** What is there of a directory that settings name. */
export interface OpenedDirectory {
  readonly directory: Directory;
  readonly looks: Looks;
  readonly limits: LoginLimits;
  readonly gate: Gate;
}

export interface Inside {
  readonly memory: Memory;
  /** Undefined where settings name no directory. */
  readonly opened: OpenedDirectory | undefined;
  /** To be woken after a change by which something in the team may be decided. */
  readonly decisions: Loop;
  readonly reviewed: OpenedAccess;
}

/** What the routes are given. */
export type RouteDeps = Membership & Inside;
