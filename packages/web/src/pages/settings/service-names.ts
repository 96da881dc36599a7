import type { ServiceName } from '@huismeester/contracts';

/** All services: the compiler sees to it that none is forgotten. */
const all: Readonly<Record<ServiceName, true>> = {
  'ups-monitor': true,
  netwatch: true,
  'vm-lifecycle': true,
  inventory: true,
  membership: true,
  policy: true,
};

export const serviceNames = Object.keys(all) as readonly ServiceName[];
