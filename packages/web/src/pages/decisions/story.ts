import type { Decision, StoredEvent } from '@huismeester/contracts';

/** What is known of how a decision came to be, and what became of it. */
export interface Story {
  /** The events that it rests on, oldest first. */
  readonly facts: readonly StoredEvent[];
  /** How many of these were not found. */
  readonly missing: number;
  /** What happened to its target because of it, oldest first. */
  readonly after: readonly StoredEvent[];
}

/**
 * Lays a decision and events together, as the command line's `why` does: an event about the target belongs to the decision that it names; one that names none,
 * to the newest decision before it. `next` is when the next decision about the target was made.
 */
export function storyOf(decision: Decision, events: readonly StoredEvent[], next: string | undefined): Story {
  const evidence = new Set(decision.evidence);
  const facts = events.filter(({ id }) => evidence.has(id)).toSorted(byTime);
  const after = events.filter((event) => !evidence.has(event.id) && follows(event, decision, next));
  return { facts, missing: evidence.size - facts.length, after: after.toSorted(byTime) };
}

function follows(event: StoredEvent, decision: Decision, next: string | undefined): boolean {
  if (!/^(vm|node)\./.test(event.type) || event.subject !== decision.target) return false;
  const { data } = event;
  const isNaming = typeof data === 'object' && data !== null && 'decision' in data;
  if (isNaming) return data.decision === decision.id;
  const at = Date.parse(event.time);
  return at >= Date.parse(decision.time) && (next === undefined || at < Date.parse(next));
}

/** The first decision about the same target after this one. */
export function nextOf(decision: Decision, others: readonly Decision[]): Decision | undefined {
  return others
    .filter(({ target, time }) => target === decision.target && Date.parse(time) > Date.parse(decision.time))
    .toSorted(byTime)[0];
}

function byTime(a: { readonly time: string }, b: { readonly time: string }): number {
  return Date.parse(a.time) - Date.parse(b.time);
}

/** Whether it was only rehearsed: then nothing was done, whatever happened afterwards. */
export function isRehearsed({ generation, mode }: Decision): boolean {
  return generation === undefined || mode === 'dry-run';
}
