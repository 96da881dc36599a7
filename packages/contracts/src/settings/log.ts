import { Type } from 'typebox';
import { Duration } from './duration.ts';
import { closed } from './values.ts';

export const Log = Type.Object(
  {
    retention: Type.String({
      ...Duration,
      default: '9600h',
      description:
        'how long events stay in the logs, 24h to 87600h; decisions, and who armed or held what, stay for good',
    }),
  },
  { ...closed, default: {} },
);
