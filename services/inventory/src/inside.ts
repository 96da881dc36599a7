import type { Service } from '@huismeester/service';
import type { Register } from './items/register.ts';
import type { Outside } from './ports.ts';
import type { Pages } from './wiki/open.ts';

export const usedSettings = [
  'site',
  'http',
  'ups',
  'hypervisors',
  'switches',
  'probes',
  'wiki',
  'policy',
] as const;
export type Inventory = Service<(typeof usedSettings)[number]>;

export interface Inside extends Pages {
  readonly outside: Outside;
  readonly register: Register;
}

/** What the routes are given. */
export type RouteDeps = Inventory & Inside;
