import type { IncidentResource } from '@huismeester/contracts';
import { expect, test } from 'vitest';
import { evolveIncident, type IncidentEvent, incidentFrom } from './incident.ts';

const since = '2026-11-30T12:00:00.000Z';
const members = [{ thing: 'probe/website', state: 'down', core: true, since } as const];
const said = { incident: '17', root: 'switch/sw1', since, core: true, outage: false, members, others: [] };
const entity: IncidentResource = {
  id: '17',
  state: 'open',
  root: 'switch/sw1',
  since,
  core: true,
  outage: false,
  members,
  others: [],
  correlationid: 'chain',
};

test('an incident is the same from the snapshot as from its events', () => {
  for (const type of ['incident.opened', 'incident.changed', 'incident.reopened'] as const) {
    const event = { type, data: said, correlationid: 'chain' } as unknown as IncidentEvent;
    expect(evolveIncident(event)).toEqual(incidentFrom(entity));
  }
});

test('one that closed is forgotten', () => {
  const data = { ...said, until: since };
  expect(evolveIncident({ type: 'incident.closed', data } as unknown as IncidentEvent)).toBeUndefined();
});
