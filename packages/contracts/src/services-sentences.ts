/** What the events of each service say, by its name: a new one is a line here. */
export { sentences as inventory } from './inventory/sentences.ts';
export { sentences as membership } from './membership/sentences.ts';
export { sentences as netwatch } from './netwatch/sentences.ts';
export { sentences as policy } from './policy/sentences.ts';
export { sentences as 'ups-monitor' } from './ups-monitor/sentences.ts';
export { sentences as 'vm-lifecycle' } from './vm-lifecycle/sentences.ts';
