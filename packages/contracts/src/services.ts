import type { ServiceContract } from './define.ts';
import { policy } from './policy/index.ts';
import { upsMonitor } from './ups-monitor/index.ts';
import { vmLifecycle } from './vm-lifecycle/index.ts';

/** Every service there is. A new one is its folder and a line here. */
export const services = {
  'ups-monitor': upsMonitor,
  'vm-lifecycle': vmLifecycle,
  policy,
} as const satisfies Readonly<Record<string, ServiceContract>>;
