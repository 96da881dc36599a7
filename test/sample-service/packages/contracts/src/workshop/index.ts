import { aggregates, events } from './events.ts';
import { resources } from './resources.ts';

export const workshop = { events, aggregates, states: {}, pivots: [], resources, settings: {} } as const;
