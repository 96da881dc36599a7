import type { Changes } from './draft.ts';
import { isOpen } from './incident.ts';
import { ageMs, type Now } from './moment.ts';
import type { World } from './world.ts';

/** A closed incident is opened again within this. */
const keptMs = 600_000;

/** The world after a step that was stored. Incidents that closed long ago are in the database only. */
export function applied(world: World, changes: Changes, now: Now): World {
  const { things, outside, incidents, nextIncident, vantage } = changes;
  const kept = [...overlaid(world.incidents, incidents)].filter(
    ([, incident]) => isOpen(incident) || (incident.closedAt && ageMs(incident.closedAt, now) <= keptMs),
  );
  return {
    things: overlaid(world.things, things),
    outside: overlaid(world.outside, outside),
    incidents: new Map(kept),
    nextIncident,
    ...(vantage && { vantage }),
  };
}

/** The values of before, with the changed ones. */
function overlaid<V>(
  before: ReadonlyMap<string, V>,
  changes: ReadonlyMap<string, V | undefined>,
): ReadonlyMap<string, V> {
  if (changes.size === 0) return before;
  const after = new Map(before);
  for (const [key, value] of changes) {
    if (value === undefined) after.delete(key);
    else after.set(key, value);
  }
  return after;
}
