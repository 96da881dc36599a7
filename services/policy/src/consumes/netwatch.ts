import { IncidentResource } from '@huismeester/contracts';
import type { Tx } from '@huismeester/database';
import { entityKind, type Handlers, readEntities } from '@huismeester/events';
import { evolveIncident, type IncidentEvent, incidentFrom } from '../facts/incident.ts';
import { incidentStore } from '../facts/store.ts';

const fold = async (tx: Tx, event: IncidentEvent): Promise<void> => {
  const folded = evolveIncident(event);
  if (folded) await incidentStore.save(tx, folded.id, folded);
  else await incidentStore.forget(tx, event.data.incident);
};

/** What policy takes from netwatch: incidents, and nothing that could start or stop a VM. */
export const fromNetwatch = {
  handlers: {
    'incident.opened': fold,
    'incident.changed': fold,
    'incident.reopened': fold,
    'incident.closed': fold,
  } satisfies Handlers,
  ...readEntities({
    incident: entityKind({
      schema: IncidentResource,
      replace: (tx, found, kept) =>
        incidentStore.replace(tx, new Map(found.map(({ state }) => [state.id, incidentFrom(state)])), kept),
      save: (tx, { state }) => incidentStore.save(tx, state.id, incidentFrom(state)),
    }),
  }),
};
