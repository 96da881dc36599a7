import { type EventOf, IncidentResource, ProbeResource, SwitchResource } from '@huismeester/contracts';
import type { Tx } from '@huismeester/database';
import { type Handlers, readEntities } from '@huismeester/events';
import {
  incidentFact,
  incidentFrom,
  type WatchedEvent,
  watchedBy,
  watchedFrom,
} from '../core/outside/watched.ts';
import { factKind, forgetFact, saveFacts } from './outside.ts';

type Open = EventOf<'incident.opened' | 'incident.changed' | 'incident.reopened'>;

const watched = (tx: Tx, event: WatchedEvent) => saveFacts(tx, [watchedBy(event)]);
const incident = (tx: Tx, { data }: Open) => saveFacts(tx, [incidentFact({ ...data, id: data.incident })]);

/** What inventory takes from netwatch: which switches and probes there are, and how each is. */
export const fromNetwatch = {
  handlers: {
    'probe.up': watched,
    'probe.down': watched,
    'switch.reachable': watched,
    'switch.unreachable': watched,
    'switch.refused': watched,
    'incident.opened': incident,
    'incident.changed': incident,
    'incident.reopened': incident,
    'incident.closed': (tx, { data }) => forgetFact(tx, `incident/${data.incident}`),
  } satisfies Handlers,
  ...readEntities({
    probe: factKind('probe', ProbeResource, (probe) => watchedFrom('probe', probe)),
    switch: factKind('switch', SwitchResource, (each) => watchedFrom('switch', each)),
    incident: factKind('incident', IncidentResource, incidentFrom),
  }),
};
