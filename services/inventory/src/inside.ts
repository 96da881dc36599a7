import type { Service } from '@huismeester/service';

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
