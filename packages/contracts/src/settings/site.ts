import { Type } from 'typebox';
import { Id } from '../words.ts';
import { closedObject } from './values.ts';

export const Site = closedObject({
  id: Id,
  name: Type.String({ minLength: 1 }),
  timezone: Type.String({ default: 'Europe/Amsterdam', description: 'an IANA time zone' }),
  language: Type.Enum(['nl', 'en'] as const, { default: 'nl', description: 'of what people read' }),
});
