/** What is in sentences.ts in Dutch only, for whatever loads one language at a time: a browser. */
export { wording as things } from './inventory/wording-nl.ts';
export { defects } from './netwatch/sentences-nl.ts';
export { nl as upsSentences } from './ups-monitor/sentences-nl.ts';
export { nl as projectWording } from './vm-lifecycle/project-wording-nl.ts';
export { steps as creationSteps } from './vm-lifecycle/sentences-creation-nl.ts';
export { power as powerSentences } from './vm-lifecycle/sentences-power-nl.ts';
export { nl as projectSentences } from './vm-lifecycle/sentences-projects-nl.ts';
export { dutch as terms } from './wording-nl.ts';
