import { aggregates, events } from './events.ts';
import { misfits } from './misfits.ts';
import { questions } from './questions.ts';
import { resources } from './resources.ts';
import { settings } from './settings.ts';

/** Nothing of it is on the broker: it is about people. */
export const membership = {
  aboutPeople: true,
  events,
  aggregates,
  states: {},
  pivots: [],
  resources,
  questions,
  settings,
  misfits,
} as const;
