/** What is in sentences.ts in English only, for whatever loads one language at a time: a browser. */
export { wording as things } from './inventory/wording-en.ts';
export { defects } from './netwatch/sentences-en.ts';
export { en as upsSentences } from './ups-monitor/sentences-en.ts';
export { en as projectWording } from './vm-lifecycle/project-wording-en.ts';
export { steps as creationSteps } from './vm-lifecycle/sentences-creation-en.ts';
export { power as powerSentences } from './vm-lifecycle/sentences-power-en.ts';
export { en as projectSentences } from './vm-lifecycle/sentences-projects-en.ts';
export { english as terms } from './wording-en.ts';
