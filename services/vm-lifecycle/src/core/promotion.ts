import type { Criteria, EventData } from '@huismeester/contracts';
import type { Class } from './guest.ts';

type PromotionEventType =
  | 'promotion.requested'
  | 'promotion.joined'
  | 'promotion.withdrawn'
  | 'promotion.decided'
  | 'promotion.undone'
  | 'promotion.move-begun'
  | 'promotion.move-failed'
  | 'promotion.moved'
  | 'promotion.carried-out';

/** An event of a request about a project, before it is in the log. */
export type NewPromotionEvent = {
  [T in PromotionEventType]: { readonly type: T; readonly subject: string; readonly data: EventData<T> };
}[PromotionEventType];
export type PromotionEvent = NewPromotionEvent & { readonly time: Date };

/** A VM on its way to the pool of the project's class. */
export interface Move {
  readonly vm: string;
  readonly pool: string;
  readonly state: 'asked' | 'failed' | 'done';
  readonly error?: string;
}

interface Decision {
  readonly by: string;
  readonly because: string;
  /** ISO 8601. */
  readonly at: string;
}

/** A request about a project (SPACE-1, SPACE-7, SPACE-8); people by their ids. */
export interface PromotionState {
  readonly kind: 'promotion' | 'one-more-vm';
  readonly from: Class;
  /** Of a promotion. */
  readonly to?: 'space-wide' | 'core';
  readonly status: 'pending' | 'granted' | 'declined' | 'withdrawn' | 'undone';
  readonly answers?: Criteria;
  readonly because?: string;
  readonly person: string;
  /** ISO 8601. */
  readonly since: string;
  /** Who said that they use it too, in the order in which they did. */
  readonly users: readonly string[];
  readonly decision?: Decision;
  readonly undone?: Decision;
  /** By the ownership's id. */
  readonly moves: Readonly<Record<string, Move>>;
  /** The class that register and pools were last brought to. */
  readonly carriedOut?: Class;
}

export interface Promotion {
  readonly project: string;
  /** Something is to be done about it: to be decided, or what was decided is not so yet. */
  readonly open: boolean;
  readonly state: PromotionState;
}

/** The request after the event. */
export function evolvePromotion(
  promotion: Promotion | undefined,
  event: PromotionEvent,
): Promotion | undefined {
  if (event.type === 'promotion.requested') return requested(event.data, event.time);
  if (promotion === undefined) return undefined;
  const state = after(promotion.state, event);
  return { ...promotion, state, open: isOpen(state) };
}

function requested(data: EventData<'promotion.requested'>, time: Date): Promotion {
  const { promotion: _, project, ...asked } = data;
  const state = { ...asked, status: 'pending', since: time.toISOString(), users: [], moves: {} } as const;
  return { project, open: true, state };
}

function after(
  state: PromotionState,
  event: Exclude<PromotionEvent, { readonly type: 'promotion.requested' }>,
): PromotionState {
  const at = event.time.toISOString();
  switch (event.type) {
    case 'promotion.joined':
      return { ...state, users: [...state.users, event.data.person] };
    case 'promotion.withdrawn':
      return { ...state, status: 'withdrawn' };
    case 'promotion.decided': {
      const { how, person: by, because } = event.data;
      return { ...state, status: how, decision: { by, because, at } };
    }
    case 'promotion.undone': {
      const { person: by, because } = event.data;
      // The VMs go another way from here on.
      return { ...state, status: 'undone', undone: { by, because, at }, moves: {} };
    }
    case 'promotion.move-begun':
      return moved(state, event.data, { state: 'asked' });
    case 'promotion.move-failed':
      return moved(state, event.data, { state: 'failed', error: event.data.error });
    case 'promotion.moved':
      return moved(state, event.data, { state: 'done' });
    case 'promotion.carried-out':
      return { ...state, carriedOut: event.data.class };
  }
}

function moved(
  state: PromotionState,
  { ownership, vm, pool }: { readonly ownership: string; readonly vm: string; readonly pool: string },
  how: Pick<Move, 'state' | 'error'>,
): PromotionState {
  return { ...state, moves: { ...state.moves, [ownership]: { vm, pool, ...how } } };
}

/**
 * The class that a project and its VMs are to have by this request; undefined: nothing follows from it. One more VM is made in the participants'
 * pool, as all are, and goes to the others of its project from there.
 */
export function classWanted({ kind, status, from, to }: PromotionState): Class | undefined {
  if (status === 'granted') return kind === 'promotion' ? to : from;
  return status === 'undone' && kind === 'promotion' ? from : undefined;
}

/** Whether register and pools are as was decided; undefined where nothing follows from it. */
export function isCarriedOut(state: PromotionState): boolean | undefined {
  const wanted = classWanted(state);
  return wanted === undefined ? undefined : state.carriedOut === wanted;
}

function isOpen(state: PromotionState): boolean {
  return state.status === 'pending' || isCarriedOut(state) === false;
}
