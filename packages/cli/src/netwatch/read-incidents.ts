import { IncidentResource, PlannedIncident } from '@huismeester/contracts';
import { ifAnswered } from '../served.ts';
import type { Connected } from '../shell.ts';

/** An incident, with what of it is planned, as policy says. */
export interface ShownIncident extends IncidentResource {
  readonly planned?: PlannedIncident;
}

/** The incidents, newest first; where policy does not answer too: then nothing is said of what is planned, and a note why. */
export async function readIncidents(
  { api, output }: Pick<Connected, 'api' | 'output'>,
  query: { readonly state?: string } = {},
  limit?: number,
): Promise<ShownIncident[]> {
  const [incidents, planned = []] = await Promise.all([
    api.list('/api/v1/incidents', IncidentResource, query, limit),
    ifAnswered(output, 'planned', api.list('/api/v1/planned', PlannedIncident)),
  ]);
  const byIncident = new Map(planned.map((each) => [each.incident, each]));
  return incidents.map((each) => {
    const found = each.state === 'open' ? byIncident.get(each.id) : undefined;
    return found ? { ...each, planned: found } : each;
  });
}
