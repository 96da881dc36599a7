import { aggregates, events } from './events.ts';
import { misfits } from './misfits.ts';
import { resources } from './resources.ts';
import { settings } from './settings.ts';

/** Nothing of it is on the broker: where things stand, and who can run them, is for people of the space. */
export const inventory = {
  events,
  aggregates,
  states: {},
  pivots: [],
  resources,
  settings,
  misfits,
} as const;
