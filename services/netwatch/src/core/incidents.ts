import type { Draft } from './draft.ts';
import type { Explanation } from './explain.ts';
import { kindOf } from './graph.ts';
import { type Incident, isAllBack, isOpen, lastBack } from './incident.ts';
import { ageMs, earlier, type Moment } from './moment.ts';
import type { Evidence, Thing } from './thing.ts';

/** A parent found down within this after the verdict takes the incident over. */
const takeoverMs = 60_000;
/** Down again within this is the same incident. */
const reopenMs = 600_000;

/** Whether a thing that was down by itself is now explained by something that takes its incident over. */
export function isTakeover(draft: Draft, { incident }: Thing, explanation: Explanation): boolean {
  const current = draft.incident(incident);
  return (
    current !== undefined &&
    isOpen(current) &&
    ageMs(current.rootedAt, draft.around.now) <= takeoverMs &&
    (current.root === explanation.root || draft.explain(current.root)?.root === explanation.root)
  );
}

/** A failed thing belongs to the incident of its root; one that has an incident stays in it while that explains it. */
export function enroll(draft: Draft, id: string, explanation: Explanation | undefined): void {
  const thing = draft.thing(id);
  if (!thing) return;
  const root = explanation?.root ?? id;
  const others = explanation?.others ?? [];
  const current = openIncident(draft, thing.incident);
  const isOwn = current !== undefined && isOnItsOwn(draft, id, current, [root, ...others]);
  if (!current || (isOwn && hasOthers(current, id))) {
    if (current) change(draft, draft.withMember(current, id, undefined));
    join(draft, thing, { root, others, from: current });
    return;
  }
  const { backAt: _, ...member } = current.members[id] ?? { since: failingSince(draft, thing) };
  const incident = change(draft, draft.withMember(current, id, member));
  if (root === incident.root) return;
  const isOver = isOwn || !draft.hasFailed(incident.root);
  const isWithin = draft.thing(root)?.incident === incident.id && draft.explain(incident.root)?.root === root;
  if (isOver || isWithin || (explanation && isTakeover(draft, thing, explanation)))
    reroot(draft, incident, root, explanation);
}

/**
 * Whether a member fails for another reason than its incident by now: what explained both it and the root is back, and each fails
 * by itself, or by what else it needs. It leaves, unless nothing else is left of the incident.
 */
function isOnItsOwn(draft: Draft, id: string, { root }: Incident, roots: readonly string[]): boolean {
  if (root === id || roots.includes(root) || !draft.hasFailed(root)) return false;
  const above = draft.explain(root)?.root;
  return above === undefined || !roots.includes(above);
}

/** Whether other members are not back. */
function hasOthers({ members }: Incident, id: string): boolean {
  return Object.entries(members).some(([each, { backAt }]) => each !== id && backAt === undefined);
}

/** A thing that answers is back; when all are, the incident is closed at the end of the step. */
export function release(draft: Draft, id: string): void {
  const thing = draft.thing(id);
  const incident = openIncident(draft, thing?.incident);
  const member = incident?.members[id];
  if (!thing || !incident || !member || thing.flapping || member.backAt) return;
  const backAt = thing.since ?? draft.around.now;
  change(draft, draft.withMember(incident, id, { ...member, backAt }));
}

/** Nobody looks at this thing any more: it counts as back, or its incident would never close. */
export function withdraw(draft: Draft, id: string, backAt: Moment): void {
  const incident = openIncident(draft, draft.thing(id)?.incident);
  const member = incident?.members[id];
  if (incident && member) change(draft, draft.withMember(incident, id, { ...member, backAt }));
  draft.change(id, { incident: undefined });
}

function openIncident(draft: Draft, id: string | undefined): Incident | undefined {
  const incident = draft.incident(id);
  return incident && isOpen(incident) ? incident : undefined;
}

interface Joining extends Pick<Incident, 'root' | 'others'> {
  /** The incident that it leaves. */
  readonly from: Incident | undefined;
}

function join(draft: Draft, thing: Thing, { root, others, from }: Joining): void {
  const member = { since: failingSince(draft, thing) };
  const cause = causeOf(draft, thing, root);
  const found =
    (root === thing.id ? undefined : openIncident(draft, draft.thing(root)?.incident)) ??
    draft.openWithRoot(root) ??
    takenOver(draft, root, others) ??
    reopened(draft, { root, others, cause });
  const since = found ? earlier(found.since, member.since) : member.since;
  // Another thing that is looked at does not boot because this one was off.
  const bootsAfter = root === thing.id || !draft.thing(root) ? from : undefined;
  const joined = found ?? open(draft, { root, others, since, members: {}, cause, from: bootsAfter });
  change(draft, draft.withMember(joined, thing.id, member), { since });
  draft.change(thing.id, { incident: joined.id });
}

/** The oldest incident that began a moment ago with something that this root explains. */
function takenOver(draft: Draft, root: string, others: readonly string[]): Incident | undefined {
  const { now } = draft.around;
  const found = draft
    .allIncidents()
    .find(
      (each) =>
        isOpen(each) && ageMs(each.rootedAt, now) <= takeoverMs && draft.explain(each.root)?.root === root,
    );
  return found && takeOver(draft, found, root, others);
}

/** The incident has another root from now on. If that is a power cut, what is said of it from now on is in the cut's chain. */
function takeOver(draft: Draft, incident: Incident, root: string, others: readonly string[]): Incident {
  const rooted = rootedIn(draft, root, others);
  const { bootingSince, ...before } = incident;
  if (incident.outage && !rooted.outage)
    return change(draft, before, { ...rooted, ...bootingFrom(draft, incident) });
  const isAnother = !incident.outage || bootingSince !== undefined;
  const cause = rooted.outage && isAnother ? draft.outside(root)?.evidence : undefined;
  return change(draft, before, { ...rooted, ...(cause && { cause }) });
}

/** What follows for an incident from the root that it has from now on. */
function rootedIn(draft: Draft, root: string, others: readonly string[]) {
  return { root, others, rootedAt: draft.around.now, outage: isOutage(draft, root) };
}

/** How an incident begins, or begins again. */
interface Beginning extends Pick<Incident, 'root' | 'others'> {
  /** The event that it follows from, if there is one. */
  readonly cause: Evidence | undefined;
}

/**
 * An incident with this root that closed a moment ago goes on, in the chain of what happened now. Failing in a power cut and failing
 * by itself are different incidents, since policy opens no violation for the first.
 */
export function reopened(draft: Draft, { root, others, cause }: Beginning): Incident | undefined {
  const { now } = draft.around;
  const rooted = rootedIn(draft, root, others);
  const found = draft
    .allIncidents()
    .findLast(
      (each) =>
        each.root === root &&
        each.outage === rooted.outage &&
        each.closedAt &&
        !each.mergedInto &&
        ageMs(each.closedAt, now) <= reopenMs,
    );
  if (!found) return undefined;
  const { closedAt: _, until: __, bootingSince: ___, ...again } = found;
  return change(draft, again, { ...rooted, ...(cause && { cause }) });
}

/** What is flapping may be up at the moment. */
function failingSince(draft: Draft, { state, since }: Thing): Moment {
  return state === 'up' || !since ? draft.around.now : since;
}

/** Opens an incident; what it is said to be is said at the end of the step, when all of its members are known. */
export function open(
  draft: Draft,
  begun: Beginning & Pick<Incident, 'since' | 'members'> & { readonly from?: Incident | undefined },
): Incident {
  const { from, ...beginning } = begun;
  const { root, others, cause } = beginning;
  const id = String(draft.nextIncident);
  draft.nextIncident += 1;
  const rooted = rootedIn(draft, root, others);
  const booting = from?.outage && !rooted.outage ? { ...bootingFrom(draft, from), cause: from.cause } : {};
  return change(draft, { ...beginning, ...rooted, id, cause: cause ?? nothingYet, said: '', ...booting });
}

/** What a power cut explained, and boots now: the cut explains it for a while. */
function bootingFrom(draft: Draft, { bootingSince }: Incident): Pick<Incident, 'outage' | 'bootingSince'> {
  return { outage: true, bootingSince: bootingSince ?? draft.around.now };
}

/** Until its first event is said. */
export const nothingYet: Evidence = { id: '', correlationid: '' };

/** The event that an incident follows from: what was said of its root, here or in another log. */
function causeOf(draft: Draft, thing: Thing, root: string): Evidence | undefined {
  return draft.outside(root)?.evidence ?? (thing.id === root ? thing.saidBy : draft.thing(root)?.saidBy);
}

function isOutage(draft: Draft, root: string): boolean {
  const evidence = draft.outside(root)?.evidence;
  return (
    ['mains', 'ups'].includes(kindOf(root)) ||
    (evidence !== undefined && draft.around.outages.has(evidence.correlationid))
  );
}

function reroot(draft: Draft, incident: Incident, root: string, explanation: Explanation | undefined): void {
  const other = draft
    .allIncidents()
    .find((each) => isOpen(each) && each.root === root && each.id !== incident.id);
  if (other) merge(draft, incident, other);
  else takeOver(draft, incident, root, explanation?.others ?? []);
}

/** It turned out to be a part of another incident: its members go over. */
function merge(draft: Draft, incident: Incident, into: Incident): void {
  const moved = membersIn(draft, incident);
  let merged = into;
  for (const [id, member] of Object.entries(incident.members)) {
    if (!moved.has(id) && into.members[id]) continue;
    const since = earlier(merged.since, member.since);
    merged = change(draft, draft.withMember(merged, id, member), { since });
  }
  for (const id of moved) draft.change(id, { incident: into.id });
  const { now } = draft.around;
  change(draft, incident, { closedAt: now, until: now, mergedInto: into.id });
}

/** Its members but for those that came back before it was opened again, and have another incident by now. */
function membersIn(draft: Draft, { id, members }: Incident): Set<string> {
  return new Set(Object.keys(members).filter((each) => draft.thing(each)?.incident === id));
}

/** The incident with other fields, of which something may have to be said. */
export function change(draft: Draft, incident: Incident, fields: Partial<Incident> = {}): Incident {
  const changed = { ...incident, ...fields };
  draft.incidents.set(incident.id, changed);
  draft.touched.add(incident.id);
  return changed;
}

/** Closes what is over: at the end of a step, when all that changed in it is known. */
export function closedIfOver(draft: Draft, incident: Incident): Incident {
  if (!isOpen(incident) || !isAllBack(incident) || Object.keys(incident.members).length === 0)
    return incident;
  for (const id of membersIn(draft, incident)) draft.change(id, { incident: undefined });
  return change(draft, incident, { until: lastBack(incident), closedAt: draft.around.now });
}
