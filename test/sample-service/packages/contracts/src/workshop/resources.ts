import { Type } from 'typebox';
import { list } from '../define.ts';
import { Id } from '../words.ts';

/** A machine as `GET /api/v1/machines` lists it. */
const Machine = Type.Object({
  id: Id,
  name: Type.String({ minLength: 1, maxLength: 100 }),
  outages: Type.Integer({ minimum: 0, description: 'How often a UPS went on battery since it came' }),
});

export const resources = { machines: list(Machine, { order: ['id'], exported: true }) };
