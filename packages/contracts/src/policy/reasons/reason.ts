import { type Static, Type } from 'typebox';
import { Percent, Seconds, Timestamp, UpsId, VmId } from '../../words.ts';

/**
 * One reason of a decision, as data, so that it can be worded in each language that people read. Which of the values
 * stand beside which code is said by the phrases below; a value that is unknown is left out.
 */
export const Reason = Type.Object({
  code: Type.String({
    description: 'What is the case; readers pass over codes that they do not know',
    examples: ['held'],
  }),
  ups: Type.Optional(UpsId),
  vm: Type.Optional(VmId),
  elapsed_s: Type.Optional(Seconds),
  left_s: Type.Optional(Seconds),
  limit_s: Type.Optional(Seconds),
  charge_pct: Type.Optional(Percent),
  limit_pct: Type.Optional(Percent),
  count: Type.Optional(Type.Integer({ minimum: 0 })),
  until: Type.Optional(Timestamp),
  text: Type.Optional(Type.String({ description: 'What a person wrote' })),
});
export type Reason = Static<typeof Reason>;
