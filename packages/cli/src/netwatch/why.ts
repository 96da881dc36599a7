import {
  Hypervisor,
  IncidentResource,
  PortResource,
  ProbeResource,
  SwitchResource,
  serviceNames,
  Ups,
} from '@huismeester/contracts';
import type { Api } from '../api.ts';
import { NotFine } from '../errors.ts';
import { mergeByTime, readAll, readNewest } from '../events/read.ts';
import type { WhyAsked } from '../feature.ts';
import type { Output } from '../output.ts';
import { ifAnswered } from '../served.ts';
import { readIncidents, type ShownIncident } from './read-incidents.ts';
import { belongsTo, bySince, chosenStories, logOf, rootCause, type Story, type ThingNow } from './story.ts';
import { type Explanation, renderWhy } from './story-text.ts';

/** How much is shown of a thing that was never part of an incident. */
const fewEvents = 10;

/**
 * `why` of a probe, a switch, a port or an incident, or of what else can be the root of one: what failed first, what that took along,
 * how long, and its state.
 */
export async function showWhy(asked: string, { api, output, language, now, limit = 1 }: WhyAsked) {
  const all = await readIncidents({ api, output });
  const around: Around = { api, output, all };
  const { subject, thing } = await find(around, asked);
  const chosen = chosenStories(all, subject, limit);
  const stories = await Promise.all(chosen.map((incidents) => storyOf(around, incidents)));
  const own = stories.length > 0 ? [] : await ownEvents(around, subject);
  if (output.json) return output.value({ ...thing, stories, events: own ?? [] });
  output.print(...renderWhy({ subject, thing, stories, own, now }, { language }));
}

interface Around {
  readonly api: Api;
  readonly output: Output;
  readonly all: readonly ShownIncident[];
}

/** What was asked about, by the subject that events and incidents have. */
interface Found {
  readonly subject: string;
  readonly thing: ThingNow;
}

/** The thing as it is now; of what is not there the refusal says what there is instead. */
async function find(around: Around, asked: string): Promise<Found> {
  const { api } = around;
  const [kind = '', id = '', ...rest] = asked.split('/');
  const one = encodeURIComponent(id);
  const subject = `${kind}/${id}`;
  switch (kind) {
    case 'incident':
      return { subject, thing: { incident: await api.get(`/api/v1/incidents/${one}`, IncidentResource) } };
    case 'probe':
      return { subject, thing: { probe: await api.get(`/api/v1/probes/${one}`, ProbeResource) } };
    case 'hypervisor':
      return {
        subject,
        thing: { hypervisor: await listedAs(subject, around, api.list('/api/v1/hypervisors', Hypervisor)) },
      };
    case 'ups':
    case 'mains':
      return { subject, thing: { ups: await listedAs(subject, around, api.list('/api/v1/ups', Ups)) } };
    case 'vantage':
      return vantage(around.all);
  }
  const owner = await api.get(`/api/v1/switches/${one}`, SwitchResource);
  return kind === 'switch' ? { subject, thing: { switch: owner } } : findPort(api, id, rest.join('/'));
}

/** By its id, or as the switch calls it: that may have slashes. */
async function findPort(api: Api, owner: string, port: string): Promise<Found> {
  const ports = await api.list('/api/v1/ports', PortResource, { switch: owner });
  const found = ports.find(({ id }) => id === port) ?? ports.find(({ name }) => name === port);
  if (found) return { subject: `port/${owner}/${found.id}`, thing: { port: found } };
  throw new NotFine(`switch ${owner} has no port ${port}: \`huismeester ports ${owner}\` lists them`);
}

/** One of another service's list; undefined, with a note why, where that service does not answer here. */
async function listedAs<T extends { readonly id: string }>(
  subject: string,
  { output }: Around,
  reading: Promise<readonly T[]>,
): Promise<T | undefined> {
  const [kind = '', wanted] = subject.split('/');
  const all = await ifAnswered(output, kind, reading);
  const found = all?.find(({ id }) => id === wanted);
  if (!all || found) return found;
  const names = all.map(({ id }) => `${kind}/${id}`).join(', ') || 'none was seen yet';
  throw new NotFine(`there is no ${subject}; there are: ${names}`);
}

/** There is one place that we look from; only its incidents say how it is. */
function vantage(all: readonly ShownIncident[]): Found {
  const subject = 'vantage/main';
  const open = all.find(({ root, state }) => root === subject && state === 'open');
  return { subject, thing: { vantage: open ? { state: 'down', since: open.since } : { state: 'up' } } };
}

/** The events of one story, of all services that answer here; with the incidents that have a cause of its root. */
async function storyOf(
  { api, output, all }: Around,
  first: readonly ShownIncident[],
): Promise<Story & { readonly correlationid: string }> {
  const roots = await Promise.all(first.map((incident) => causeOfRoot(api, output, incident)));
  const own = first[0]?.correlationid ?? '';
  const causes = new Set([own, ...roots.filter((each) => each !== undefined)]);
  const incidents = all.filter((each) => causes.has(each.correlationid)).sort(bySince);
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

async function ownEvents({ api, output }: Around, thing: string): Promise<Explanation['own']> {
  const { service, subject } = logOf(thing);
  return (await ifAnswered(output, service, readNewest(api, service, { subject }, fewEvents)))?.events;
}
