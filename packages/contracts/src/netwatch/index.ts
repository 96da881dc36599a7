import { aggregates, events } from './events.ts';
import { misfits } from './misfits/index.ts';
import { resources } from './resources.ts';
import { complete, settings } from './settings.ts';
import { pivots, states } from './states.ts';

export const netwatch = {
  events,
  aggregates,
  states,
  pivots,
  resources,
  settings,
  complete,
  misfits,
} as const;
