import type { Feature } from '../feature.ts';
import { addProject } from './project.ts';
import { addPromotion } from './promotion.ts';

/** What the register of projects adds to the command line. */
export const projects: Feature = {
  commands: [addProject, addPromotion],
  examples: [
    'project list',
    'promotion ask my-project --to space-wide',
    'promotion grant ID --because "used at every open evening"',
  ],
};
