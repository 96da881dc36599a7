import {
  Hypervisor,
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
import { ifAnswered } from '../served.ts';
import { readIncidents, type ShownIncident } from './read-incidents.ts';
import { belongsTo, chosenStories, logOf, rootCause, type Status, type Story } from './story.ts';
import { renderWhy } from './story-text.ts';

/** How much is shown of a thing that was never part of an incident. */
const fewEvents = 10;

/** `why` of a probe, a switch, a port, a hypervisor or an incident: what failed first, what that took along, how long, and its state. */
export async function showWhy(subject: string, { api, output, language, now, limit = 1 }: WhyAsked) {
  const thing = await find(api, subject);
  const all = await readIncidents({ api, output });
  const chosen = chosenStories(all, subject, limit);
  const stories = await Promise.all(chosen.map((incidents) => storyOf({ api, output, all }, incidents)));
  const own = stories.length > 0 ? [] : await ownEvents(api, subject);
  if (output.json) return output.value({ ...thing, stories, events: own });
  output.print(...renderWhy({ subject, thing, stories, own, now }, { language }));
}

async function findHypervisor(api: Api, id: string): Promise<Hypervisor> {
  const all = await api.list('/api/v1/hypervisors', Hypervisor);
  const found = all.find((each) => each.id === id);
  if (found) return found;
  const names = all.map((each) => each.id).join(', ') || 'none was seen yet';
  throw new NotFine(`there is no hypervisor ${id}; there are: ${names}`);
}

interface Around {
  readonly api: Api;
  readonly output: Output;
  readonly all: readonly ShownIncident[];
}

/** The thing as it is now; of what is not there the refusal says what there is instead. */
async function find(api: Api, subject: string): Promise<Status> {
  const [kind, ...rest] = subject.split('/');
  const [id = '', port = ''] = rest;
  const one = encodeURIComponent(id);
  if (kind === 'incident') return { incident: await api.get(`/api/v1/incidents/${one}`, IncidentResource) };
  if (kind === 'probe') return { probe: await api.get(`/api/v1/probes/${one}`, ProbeResource) };
  if (kind === 'hypervisor') return { hypervisor: await findHypervisor(api, id) };
  const owner = await api.get(`/api/v1/switches/${one}`, SwitchResource);
  if (kind === 'switch') return { switch: owner };
  const ports = await api.list('/api/v1/ports', PortResource, { switch: id });
  const found = ports.find((each) => each.id === port || each.name === rest.slice(1).join('/'));
  if (found) return { port: found };
  throw new NotFine(`switch ${id} has no port ${port}: \`huismeester ports ${id}\` lists them`);
}

/** The events of one story, of all services that answer here; with the incidents that have a cause of its root. */
async function storyOf(
  { api, output, all }: Around,
  first: readonly ShownIncident[],
): Promise<Story & { readonly correlationid: string }> {
  const roots = await Promise.all(first.map((incident) => causeOfRoot(api, output, incident)));
  const own = first[0]?.correlationid ?? '';
  const causes = new Set([own, ...roots.filter((each) => each !== undefined)]);
  const incidents = all
    .filter((each) => causes.has(each.correlationid))
    .sort((a, b) => Date.parse(a.since) - Date.parse(b.since));
  const logs = await Promise.all(
    serviceNames.map(async (service) => {
      const readings = [...causes].map((correlation) => readAll(api, service, { correlation }));
      return (await ifAnswered(output, service, Promise.all(readings)))?.map((events) =>
        events.filter(belongsTo(incidents)),
      );
    }),
  );
  // What explains it is how the whole of it is found.
  const correlationid = roots.find((each) => each !== undefined) ?? own;
  return { correlationid, incidents, events: mergeByTime(logs.flatMap((each) => each ?? [])) };
}

/** How far back the events of a root are read. */
const manyEvents = 200;

async function causeOfRoot(
  api: Api,
  output: Output,
  incident: IncidentResource,
): Promise<string | undefined> {
  const { service, subject } = logOf(incident.root);
  const reading = await ifAnswered(output, service, readNewest(api, service, { subject }, manyEvents));
  return reading && rootCause(incident, reading.events);
}

async function ownEvents(api: Api, subject: string): Promise<readonly StoredEvent[]> {
  return (await readNewest(api, logOf(subject).service, { subject }, fewEvents)).events;
}
