/** Every service there is, by its name: a new one is its folder and a line here. */
export { inventory } from './inventory/index.ts';
export { membership } from './membership/index.ts';
export { netwatch } from './netwatch/index.ts';
export { policy } from './policy/index.ts';
export { upsMonitor as 'ups-monitor' } from './ups-monitor/index.ts';
export { vmLifecycle as 'vm-lifecycle' } from './vm-lifecycle/index.ts';
