import type { SentencesOf } from '../wording.ts';
import type { events } from './events.ts';
import { steps as enSteps } from './sentences-creation-en.ts';
import { steps as nlSteps } from './sentences-creation-nl.ts';
import { en } from './sentences-en.ts';
import { nl } from './sentences-nl.ts';
import { power as enPower } from './sentences-power-en.ts';
import { power as nlPower } from './sentences-power-nl.ts';
import { en as projectsEn } from './sentences-projects-en.ts';
import { nl as projectsNl } from './sentences-projects-nl.ts';

export const sentences = { en, nl } satisfies SentencesOf<typeof events>;

/** The steps of making a VM, by language. */
export const creationSteps = { nl: nlSteps, en: enSteps };

/** What the events of a VM or node that goes on or off say, by language. */
export const powerSentences = { nl: nlPower, en: enPower };

/** What the events of projects say, by language: their history, without all other events. */
export const projectSentences = { nl: projectsNl, en: projectsEn };
