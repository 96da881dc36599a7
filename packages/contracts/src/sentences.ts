/**
 * What events and reasons say, for whatever shows them to people: the command line, mails, a browser. Nothing here, and nothing
 * that it imports, has TypeBox in it.
 */
export { sentences } from './event-sentences.ts';
export { wording as englishThings } from './inventory/wording-en.ts';
export { wording as dutchThings } from './inventory/wording-nl.ts';
export { commandLines } from './membership/instructions.ts';
export { defects } from './netwatch/sentences.ts';
export { type NoticeLine, type NoticeSaid, noticeLine } from './policy/notices/index.ts';
export { because, phrase, type Reasoned, reasonIn } from './policy/reasons/index.ts';
export { sentences as upsSentences } from './ups-monitor/sentences.ts';
export { projectWording } from './vm-lifecycle/project-wording.ts';
export { creationSteps, powerSentences, projectSentences } from './vm-lifecycle/sentences.ts';
export { type At, decimal, lengthOf } from './wording.ts';
export { english } from './wording-en.ts';
export { dutch, duur } from './wording-nl.ts';
