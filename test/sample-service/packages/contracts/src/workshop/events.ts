import { Type } from 'typebox';
import { event } from '../define.ts';
import { Id } from '../words.ts';

const Name = Type.String({ minLength: 1, maxLength: 100, examples: ['a lathe'] });

/** Events of workshop; subject `machine/<id>`. */
export const events = {
  'machine.added': event('A machine came to the workshop', Type.Object({ machine: Id, name: Name }), {
    audience: 'public',
  }),
};

export const aggregates = { machine: { machine: Id } };
