import type { EventOf, IncidentResource } from '@huismeester/contracts';

/** An open incident, from netwatch's events alone. Kept by its id; one that closed is forgotten. */
export interface IncidentFact {
  readonly id: string;
  readonly root: string;
  /** A power cut explains it. */
  readonly outage: boolean;
  readonly members: IncidentResource['members'];
  /** Of the chain that it belongs to: the id of its first event. */
  readonly correlationid: string;
  /** It is not seen now (facts/unseen.ts), so all else is what was last known. Never stored. */
  readonly unseen?: true;
}

export type IncidentEvent = EventOf<
  'incident.opened' | 'incident.changed' | 'incident.reopened' | 'incident.closed'
>;

/** Folds one of netwatch's events into what is known of the incident; undefined: it is over. */
export function evolveIncident({ type, data, correlationid }: IncidentEvent): IncidentFact | undefined {
  if (type === 'incident.closed') return undefined;
  const { incident: id, root, outage, members } = data;
  return { id, root, outage, members, correlationid };
}

/** The incident as netwatch's snapshot has it. */
export function incidentFrom({ id, root, outage, members, correlationid }: IncidentResource): IncidentFact {
  return { id, root, outage, members, correlationid };
}
