import type { Feature } from './feature.ts';
import { mail } from './mail/feature.ts';
import { netwatch } from './netwatch/feature.ts';
import { people } from './people/feature.ts';

/** What services add to the command line: a new one is a folder and a line here. */
export const features: readonly Feature[] = [netwatch, people, mail];
