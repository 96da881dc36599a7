import type { AdviceResource } from '@huismeester/contracts';
import type { advice } from '../../schema.ts';

export type AdviceState = Omit<typeof advice.$inferSelect, 'id' | 'version'>;

/** Advice as REST shows it. */
export function adviceResource(id: string, state: AdviceState): AdviceResource {
  const { title, text, state: how, since, by, given, answer, answered } = state;
  return {
    id,
    title,
    text,
    state: how,
    since: since.toISOString(),
    by,
    ...(given && { given: given.toISOString() }),
    ...(answer !== null && { answer }),
    ...(answered && { answered: answered.toISOString() }),
  };
}
