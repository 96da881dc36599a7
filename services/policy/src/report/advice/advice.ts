import { aggregate, type Made, newEvent, type Refusal, refuse } from '@huismeester/events';
import { advice } from '../../schema.ts';
import type { AdviceState } from './resource.ts';

type AdviceEvent = Made<
  'advice.written' | 'advice.changed' | 'advice.given' | 'advice.answered' | 'advice.withdrawn'
>;
type Decided<T extends AdviceEvent['type']> = ReturnType<typeof newEvent<T>>[] | Refusal;

/** Advice of the team to the board (TEAM-3). */
export const advices = aggregate({ kind: 'advice', table: advice, initial: undefined, evolve });

function evolve(state: AdviceState | undefined, event: AdviceEvent): AdviceState | undefined {
  if (event.type === 'advice.written') {
    const { title, text } = event.data;
    const [since, by] = [event.time, event.actor ?? ''];
    return { title, text, state: 'open', since, by, given: null, answer: null, answered: null };
  }
  if (!state || event.type === 'advice.withdrawn') return undefined;
  switch (event.type) {
    case 'advice.changed':
      return { ...state, title: event.data.title, text: event.data.text };
    case 'advice.given':
      return { ...state, state: 'given', given: event.time };
    case 'advice.answered':
      return { ...state, state: 'answered', answer: event.data.answer, answered: event.time };
  }
}

export interface AdviceFields {
  readonly title: string;
  readonly text: string;
}

export function write(id: string, { title, text }: AdviceFields): Decided<'advice.written'> {
  return [newEvent('advice.written', `advice/${id}`, { advice: id, title, text })];
}

/** Changes advice that the board does not have yet; what it has stays as it was given. */
export function change(id: string, fields: AdviceFields, state: AdviceState): Decided<'advice.changed'> {
  if (state.state !== 'open') return notOpen(state, 'what the board has stays as it was given');
  if (state.title === fields.title && state.text === fields.text) return [];
  return [newEvent('advice.changed', `advice/${id}`, { advice: id, ...fields })];
}

/** Gives it to the board; again is nothing. */
export function give(id: string, state: AdviceState): Decided<'advice.given'> {
  if (state.state === 'given') return [];
  if (state.state === 'answered') return notOpen(state, 'the board has answered it');
  return [newEvent('advice.given', `advice/${id}`, { advice: id })];
}

/** Writes down what the board answered, once. */
export function answer(id: string, said: string, state: AdviceState): Decided<'advice.answered'> {
  if (state.state === 'open')
    return refuse('not-given', 'This advice was not given to the board yet', {
      clause: 'TEAM-3',
      errors: [{ field: 'params.id', found: 'open', allowed: 'given' }],
    });
  if (state.state === 'answered' && state.answer !== said) return notOpen(state, 'the board has answered it');
  if (state.state === 'answered') return [];
  return [newEvent('advice.answered', `advice/${id}`, { advice: id, answer: said })];
}

/** Takes it back; what was answered stays on record. */
export function withdraw(id: string, state: AdviceState): Decided<'advice.withdrawn'> {
  if (state.state === 'answered') return notOpen(state, 'what the board answered stays on record');
  return [newEvent('advice.withdrawn', `advice/${id}`, { advice: id })];
}

function notOpen({ state }: AdviceState, why: string): Refusal {
  return refuse('too-late', `This advice can be changed no more: ${why}`, {
    clause: 'TEAM-3',
    errors: [{ field: 'params.id', found: state, allowed: state === 'given' ? 'open' : 'open or given' }],
  });
}
