import { en } from './project-wording-en.ts';
import { nl } from './project-wording-nl.ts';

/** Words for projects and requests about them, by language. */
export const projectWording = { nl, en };
