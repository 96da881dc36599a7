import { aggregates, events } from './events.ts';
import { misfits } from './misfits.ts';
import { questions } from './questions.ts';
import { resources } from './resources.ts';
import { settings } from './settings.ts';
import { pivots, states } from './states.ts';

export const policy = {
  events,
  aggregates,
  states,
  pivots,
  resources,
  questions,
  settings,
  misfits,
} as const;
