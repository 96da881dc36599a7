import type { EventOf, IncidentResource, ProbeResource, SwitchResource } from '@huismeester/contracts';
import type { IncidentFact, WatchedFact } from './fact.ts';

export type WatchedEvent = EventOf<
  'probe.up' | 'probe.down' | 'switch.reachable' | 'switch.unreachable' | 'switch.refused'
>;

const states = {
  'probe.up': 'up',
  'probe.down': 'down',
  'switch.reachable': 'up',
  'switch.unreachable': 'down',
  'switch.refused': 'refused',
} as const;

/** What netwatch says of a probe or switch by itself. What something else explains says nothing: it is a member of an incident. */
export function watchedBy({ type, data }: WatchedEvent): WatchedFact {
  const { since } = data;
  const thing =
    'probe' in data
      ? ({ kind: 'probe', id: data.probe } as const)
      : ({ kind: 'switch', id: data.switch } as const);
  return { ...thing, state: states[type], since };
}

/** The probe or switch as netwatch's snapshot has it. */
export function watchedFrom(
  kind: WatchedFact['kind'],
  { id, state, since, because }: Pick<ProbeResource | SwitchResource, 'id' | 'state' | 'since' | 'because'>,
): WatchedFact {
  // By itself it was up: when what explains it is over nothing will be said of it.
  if (because !== undefined) return { kind, id, state: 'up' };
  return { kind, id, state, ...(since !== undefined && { since }) };
}

type Incident = Pick<IncidentResource, 'id' | 'root' | 'since' | 'members'>;

/** An incident that is open. */
export function incidentFact({ id, root, since, members }: Incident): IncidentFact {
  const failing = members.filter(({ state }) => state !== 'up');
  return {
    kind: 'incident',
    id,
    root,
    since,
    members: failing.map((each) => ({ thing: each.thing, state: each.state, since: each.since })),
  };
}

/** An incident of netwatch's snapshot; undefined: it is closed. */
export function incidentFrom(incident: IncidentResource): IncidentFact | undefined {
  return incident.state === 'open' ? incidentFact(incident) : undefined;
}
