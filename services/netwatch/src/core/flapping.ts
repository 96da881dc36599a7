import type { Draft } from './draft.ts';
import { enroll, release } from './incidents.ts';
import { sayFlapping, sayStable } from './say.ts';
import { type Flapping, newThing } from './thing.ts';
import type { Signal } from './world.ts';

/** A thing goes up and down; while something explains that it fails, that is what says so. */
export function beginFlapping(
  draft: Draft,
  { thing: id, changes, within_s }: Extract<Signal, { kind: 'flapping' }>,
): void {
  if (draft.thing(id)?.flapping) return;
  if (draft.explain(id)) {
    draft.change(id, { heldFlaps: { changes, within_s } });
    return;
  }
  startFlapping(draft, id, { changes, within_s });
  if (draft.around.about(id).incidents) enroll(draft, id, undefined);
}

/** From now on it says nothing until it is stable. */
export function startFlapping(draft: Draft, id: string, { changes, within_s }: Flapping): void {
  draft.change(id, { flapping: true, heldFlaps: undefined });
  if (draft.around.about(id).silent) return;
  draft.change(id, { saidBy: sayFlapping(draft, id, changes, within_s) });
}

export function endFlapping(draft: Draft, id: string): void {
  const thing = draft.thing(id);
  if (thing?.heldFlaps) draft.change(id, { heldFlaps: undefined });
  if (!thing?.flapping) return;
  const { state, since, root } = draft.change(id, { flapping: false });
  if (state === 'up') release(draft, id);
  if (draft.around.about(id).silent) return;
  const saidBy = sayStable(draft, draft.thing(id) ?? newThing(id));
  // The state is said with it; one that something else explains is not the thing's own.
  const isOwn = state === 'up' || (state === 'down' && root === undefined);
  draft.change(id, isOwn ? { said: state, saidSince: since, saidBy } : { saidBy });
}
