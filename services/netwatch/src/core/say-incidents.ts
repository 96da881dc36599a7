import type { Draft } from './draft.ts';
import { type Incident, isOpen } from './incident.ts';
import { closedIfOver, nothingYet } from './incidents.ts';
import { iso, lengthOf } from './moment.ts';
import { shownMembers } from './shown-members.ts';

/** Closes what is over, and says what is new of each incident: once a step, however many things changed. */
export function sayIncidents(draft: Draft): void {
  for (const id of draft.touched) {
    const incident = draft.incident(id);
    if (incident) sayIncident(draft, closedIfOver(draft, incident));
  }
}

function sayIncident(draft: Draft, incident: Incident): void {
  const data = dataOf(draft, incident);
  const said = shownOf(draft, incident, data);
  const before = draft.world.incidents.get(incident.id);
  const isNew = incident.cause === nothingYet || incident.said === '';
  const subject = `incident/${incident.id}`;
  const cause = incident.cause === nothingYet ? undefined : incident.cause;
  if (!isOpen(incident)) {
    if (before && !isOpen(before)) return;
    // It opened in this very step: if it was merged at once nothing is said of it, otherwise both its beginning and its end are.
    if (!before && incident.mergedInto !== undefined) return;
    const opened = before ? cause : draft.say('incident.opened', subject, data, cause);
    draft.say('incident.closed', subject, { ...data, ...ending(incident) }, opened);
  } else if (isNew) {
    const evidence = draft.say('incident.opened', subject, data, cause);
    draft.incidents.set(incident.id, { ...incident, cause: evidence, said });
    return;
  } else if (before && !isOpen(before)) {
    const evidence = draft.say('incident.reopened', subject, data, cause);
    draft.incidents.set(incident.id, { ...incident, cause: evidence, said });
    return;
  } else if (said !== incident.said) draft.say('incident.changed', subject, data, cause);
  draft.incidents.set(incident.id, { ...incident, said });
}

/** Root, members and whether a power cut explains it, as they are said; what is flapping stays as it was said last. */
function shownOf(
  draft: Draft,
  incident: Incident,
  { root, outage, members }: ReturnType<typeof dataOf>,
): string {
  const before = new Map(incident.said === '' ? [] : (JSON.parse(incident.said) as [string, string][]));
  const shown = members.map(({ thing, state }): [string, string] => [
    thing,
    draft.thing(thing)?.flapping ? (before.get(thing) ?? state) : state,
  ]);
  return JSON.stringify([['root', root], ['outage', String(outage)], ...shown]);
}

function ending({ since, until = since, mergedInto }: Incident) {
  const merged = mergedInto === undefined ? {} : { merged_into: mergedInto };
  return { until: iso(until), ...lengthOf(since, until), ...merged };
}

function dataOf(draft: Draft, incident: Incident) {
  const { id, root, since, outage, others } = incident;
  const { members, core } = shownMembers(incident, (thing) => draft.thing(thing), draft.around.about);
  return { incident: id, root, since: iso(since), core, outage, members, others: [...others] };
}
