import type { Draft } from './draft.ts';
import { change, open, reopened } from './incidents.ts';
import type { Moment } from './moment.ts';
import type { Evidence } from './thing.ts';

/** Opens the incident of the vantage, which has no members, or the one that closed a moment ago again. */
export function openFor(draft: Draft, root: string, since: Moment, cause: Evidence): void {
  const begun = { root, others: [], cause };
  if (!reopened(draft, begun)) open(draft, { ...begun, since, members: {} });
}

/** Closes the incident that has this root and no members of its own: that of the vantage. */
export function closeFor(draft: Draft, root: string, until: Moment): void {
  const incident = draft.openWithRoot(root);
  if (incident) change(draft, incident, { until, closedAt: draft.around.now });
}
