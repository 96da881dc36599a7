import type { Draft } from './draft.ts';
import type { Explanation } from './explain.ts';
import { startFlapping } from './flapping.ts';
import { ancestorsOf } from './graph.ts';
import { enroll, isTakeover, release } from './incidents.ts';
import { isBefore, type Moment, type Now } from './moment.ts';
import { announce } from './say.ts';
import { type Looked, newThing, type Thing } from './thing.ts';

/** How long a verdict waits for parents that are in doubt. */
const waitMs = 10_000;
/** That nothing answers for 10 s is found by looks that this wait begins: a moment later than 10 s. */
const vantageWaitMs = 11_000;
/** Our own place in the network: everything else is unknown when it is lost. */
export const vantageId = 'vantage/main';

/** Gives a thing its state by what is known now, and says what follows from it. */
export function judge(draft: Draft, id: string): void {
  const before = draft.thing(id) ?? newThing(id);
  const { look } = before;
  // Not looked at since the start: what was known stands, and nothing is said.
  if (!look) return;
  const explanation = look.sight === 'answers' ? undefined : draft.explain(id);
  if (look.sight !== 'answers' && mustWait(draft, before, look, explanation)) return;
  const verdict = verdictOn(draft, before, look, explanation);
  const { waitingMs: _, recheck: __, ...kept } = look;
  const after = draft.change(id, {
    ...verdict,
    root: verdict.root,
    knownSince: before.knownSince ?? verdict.since,
    look: { ...kept, judged: true },
  });
  const about = draft.around.about(id);
  const turned = before.state !== after.state;
  if (about.incidents && (turned || !look.judged)) {
    draft.spans.push({ thing: id, at: look.judged ? verdict.since : look.since, state: after.state });
  }
  if (turned && after.incident !== undefined) draft.touched.add(after.incident);
  if (after.heldFlaps && look.sight === 'fails' && !explanation) startFlapping(draft, id, after.heldFlaps);
  if (!about.silent) announce(draft, draft.thing(id) ?? after);
  if (!about.incidents) return;
  if (draft.hasFailed(id)) enroll(draft, id, explanation);
  else if (after.state === 'up') release(draft, id);
}

interface Verdict {
  readonly state: Thing['state'];
  readonly root?: string;
  readonly since: Moment;
}

function verdictOn(
  draft: Draft,
  before: Thing,
  { sight, since }: Looked,
  explanation: Explanation | undefined,
): Verdict {
  if (sight === 'answers') return { state: 'up', since: continued(before, 'up') ?? since };
  if (draft.vantage && !draft.around.about(before.id).here) {
    return { state: 'unknown', root: vantageId, since: continued(before, 'unknown') ?? since };
  }
  const state = sight === 'unseen' ? 'unknown' : (explanation?.state ?? 'down');
  const root = explanation && { root: explanation.root };
  return { state, ...root, since: continued(before, state) ?? turnedAt(draft, before, since, explanation) };
}

/** Since when the state is what it is, if it was that before. */
function continued({ state, since }: Thing, next: Thing['state']): Moment | undefined {
  return state === next ? since : undefined;
}

/**
 * When another state began: at the first failed look. What was down by itself and is explained only now, too late for that to take
 * its incident over, is unknown from the failure of what explains it.
 */
function turnedAt(draft: Draft, before: Thing, since: Now, explanation: Explanation | undefined): Moment {
  if (!explanation || before.state === 'up' || !before.look?.judged) return since;
  if (before.state === 'down' && isTakeover(draft, before, explanation)) return before.since ?? since;
  return isBefore(since, explanation.since) ? explanation.since : since;
}

/** Whether nothing is to be concluded yet from the failure of a thing. */
function mustWait(draft: Draft, thing: Thing, look: Looked, explanation: Explanation | undefined): boolean {
  // It is looked at from zero; or what explains it waits for its own verdict, or is looked at from zero.
  if (look.recheck) return true;
  if (rootsOf(explanation).some((root) => isInDoubt(draft.thing(root)))) return true;
  if (look.sight === 'unseen') return false;
  if (!explanation && isRechecked(draft, thing, look)) return true;
  if (explanation || (look.judged && thing.state === 'down')) return false;
  const doubted = doubtedBy(draft, thing.id, look.since.ms);
  const { now } = draft.around;
  const { waitingMs = now.ms } = look;
  const leftMs = waitingMs + (doubted.includes(vantageId) ? vantageWaitMs : waitMs) - now.ms;
  if (doubted.length === 0 || leftMs <= 0) return false;
  for (const id of doubted) draft.lookAt.add(id);
  draft.change(thing.id, { look: { ...look, waitingMs } });
  draft.due(leftMs);
  draft.waits = true;
  return true;
}

/**
 * What explained the failure is back. The last looks were made before that, so they say nothing of the thing itself: it is looked at
 * from zero, and stays as it is until then; so does what it explains.
 */
function isRechecked(draft: Draft, thing: Thing, look: Looked): boolean {
  if (!needsRecheck(thing)) return false;
  draft.change(thing.id, { look: { ...look, recheck: true } });
  draft.fresh.add(thing.id);
  return true;
}

/** Whether a thing that explains others has no verdict of its own yet by what was seen last. */
function isInDoubt(thing: Thing | undefined): boolean {
  return thing?.look !== undefined && (!thing.look.judged || needsRecheck(thing));
}

function rootsOf(explanation: Explanation | undefined): string[] {
  return explanation ? [explanation.root, ...explanation.others] : [];
}

/** Whether a thing that nothing explains now was explained when it was judged by these looks. */
function needsRecheck(thing: Thing | undefined): boolean {
  return thing?.look?.judged === true && thing.root !== undefined;
}

/** What would explain the failure if it had failed, and was not seen to be well since. */
function doubtedBy(draft: Draft, id: string, sinceMs: number): string[] {
  const { graph, about, isClear } = draft.around;
  const parents = [...ancestorsOf(graph, id)].filter((parent) => {
    const known = draft.thing(parent);
    const canFail = known ? known.look?.sight !== 'unseen' : draft.outside(parent) !== undefined;
    return canFail && !isClear(parent, sinceMs);
  });
  return about(id).here || isClear(vantageId, sinceMs) ? parents : [...parents, vantageId];
}
