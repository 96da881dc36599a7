import {
  IncidentResource,
  PortResource,
  ProbeResource,
  type StoredEvent,
  SwitchResource,
  serviceNames,
} from '@huismeester/contracts';
import type { Api } from '../api.ts';
import { NotFine } from '../errors.ts';
import { mergeByTime, readAll, readNewest } from '../events/read.ts';
import type { WhyAsked } from '../feature.ts';
import type { Output } from '../output.ts';
import { ifServed } from '../served.ts';
import { chosenStories, type Standing, type Story, tellsOf } from './story.ts';
import { renderWhy } from './story-text.ts';

/** How much is shown of a thing that was never part of an incident. */
const fewEvents = 10;

/** `why` of a probe, a switch, a port or an incident: what failed first, what that took along, how long, and how it stands. */
export async function tellWhy(subject: string, { api, output, language, now, limit = 1 }: WhyAsked) {
  const thing = await find(api, subject);
  const all = await api.list('/api/v1/incidents', IncidentResource);
  const chosen = chosenStories(all, subject, limit);
  const stories = await Promise.all(chosen.map((incidents) => tell(api, output, incidents)));
  const own = stories.length > 0 ? [] : await ownEvents(api, subject);
  if (output.json) return output.value({ ...thing, stories, events: own });
  output.print(...renderWhy({ subject, thing, stories, own, now }, { language }));
}

/** The thing as it is now; of what is not there the refusal says what there is instead. */
async function find(api: Api, subject: string): Promise<Standing> {
  const [kind, ...rest] = subject.split('/');
  const [id = '', port = ''] = rest;
  const one = encodeURIComponent(id);
  if (kind === 'incident') return { incident: await api.get(`/api/v1/incidents/${one}`, IncidentResource) };
  if (kind === 'probe') return { probe: await api.get(`/api/v1/probes/${one}`, ProbeResource) };
  const owner = await api.get(`/api/v1/switches/${one}`, SwitchResource);
  if (kind === 'switch') return { switch: owner };
  const ports = await api.list('/api/v1/ports', PortResource, { switch: id });
  const found = ports.find((each) => each.id === port || each.name === rest.slice(1).join('/'));
  if (found) return { port: found };
  throw new NotFine(`switch ${id} has no port ${port}: \`huismeester ports ${id}\` lists them`);
}

/** The events of one story, of all services that answer here. */
async function tell(
  api: Api,
  output: Output,
  incidents: readonly IncidentResource[],
): Promise<Story & { readonly correlationid: string }> {
  const correlationid = incidents[0]?.correlationid ?? '';
  const logs = await Promise.all(
    serviceNames.map((service) =>
      ifServed(output, service, readAll(api, service, { correlation: correlationid })),
    ),
  );
  const tells = tellsOf(incidents);
  return { correlationid, incidents, events: mergeByTime(logs.map((events = []) => events.filter(tells))) };
}

async function ownEvents(api: Api, subject: string): Promise<readonly StoredEvent[]> {
  return (await readNewest(api, 'netwatch', { subject }, fewEvents)).events;
}
