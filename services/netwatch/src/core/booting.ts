import type { Draft } from './draft.ts';
import { isOpen } from './incident.ts';
import { change } from './incidents.ts';
import { ageMs } from './moment.ts';

/** What was off in a power cut may take so long to boot: until then the cut explains that it fails. */
const bootMs = 600_000;

/**
 * What did not come back in time after a power cut fails by itself from then on. In each step, since only time tells; but not before it
 * was looked at since the start.
 */
export function endBoots(draft: Draft): void {
  for (const incident of draft.allIncidents()) {
    const { bootingSince, ...rest } = incident;
    if (!bootingSince || !isOpen(incident)) continue;
    const root = draft.thing(incident.root);
    if (root && !root.look?.judged) continue;
    const leftMs = bootMs - ageMs(bootingSince, draft.around.now);
    if (leftMs > 0) draft.due(leftMs);
    else change(draft, rest, { outage: false });
  }
}
