import type { IncidentResource, StoredEvent } from '@huismeester/contracts';
import type { Language } from '../language.ts';
import { printable } from '../printable.ts';
import { sentenceOf } from '../story/sentences.ts';
import type { StoryText } from '../story/story.ts';
import { civilTime } from '../time.ts';
import type { ShownIncident } from './read-incidents.ts';
import { listed } from './status.ts';
import { bySince, type Story, type ThingNow } from './story.ts';
import { english, type FirstLine, type Words } from './words-en.ts';
import { dutch } from './words-nl.ts';

const words: { readonly [L in Language]: Words } = { en: english, nl: dutch };

/** What `why` shows of a thing of the network. */
export interface Explanation {
  readonly subject: string;
  readonly thing: ThingNow;
  readonly stories: readonly (Story & { readonly correlationid: string })[];
  /** Of a thing without any incident: the last that happened to it; undefined where its service does not answer here. */
  readonly own: readonly StoredEvent[] | undefined;
  readonly now: Date;
}

interface Rendering {
  readonly its: Words;
  readonly at: (time: string) => string;
  readonly language: Language;
}

/** A storm of events is no story: of more than this the first and the last are shown. */
const mostEvents = { first: 40, last: 20 };

/** The story in order, in sentences; safe to print. */
export function renderWhy(
  { subject, thing, stories, own, now }: Explanation,
  { language, timeZone }: StoryText,
): string[] {
  const how: Rendering = { its: words[language], at: (time) => civilTime(time, timeZone), language };
  const parts = [
    status(subject, thing, how),
    ...(stories.length === 0 ? [uneventful(own, how)] : []),
    ...stories.map((story) => storyLines(story, subject, now, how)),
  ].filter(({ length }) => length > 0);
  return parts.flatMap((lines, index) => (index === 0 ? lines : ['', ...lines])).map(printable);
}

function status(subject: string, thing: ThingNow, { its, at }: Rendering): string[] {
  if ('incident' in thing) return [];
  if ('hypervisor' in thing || 'ups' in thing || 'vantage' in thing) {
    const line = stateOf(subject, thing);
    return line ? [its.status(subject, { ...line, since: line.since && at(line.since) })] : [];
  }
  const one = 'probe' in thing ? thing.probe : 'switch' in thing ? thing.switch : thing.port;
  const { state, since, because, reason, detail } = one;
  const what = `${subject} (${aboutOf(thing)})`;
  const line = its.status(what, { state, since: since && at(since), because, reason, detail });
  const degraded = 'probe' in thing ? thing.probe.degraded : undefined;
  return degraded === undefined ? [line] : [line, its.degraded(degraded)];
}

type Around = Extract<ThingNow, { hypervisor: unknown } | { ups: unknown } | { vantage: unknown }>;

/** The state of what others than netwatch look at, as netwatch judges it from what they say. */
function stateOf(subject: string, thing: Around): FirstLine | undefined {
  if ('vantage' in thing) return thing.vantage;
  if ('hypervisor' in thing) return thing.hypervisor && { state: thing.hypervisor.reachable ? 'up' : 'down' };
  if (!thing.ups) return undefined;
  const { mains, since, forced, contact } = thing.ups;
  if (subject.startsWith('mains/'))
    return { state: mains === 'unknown' ? mains : mains === 'on-mains' ? 'up' : 'down', since };
  if (forced) return { state: 'down' };
  return { state: contact === 'ok' ? 'up' : mains === 'on-battery' ? 'down' : 'unknown' };
}

function aboutOf(thing: Exclude<ThingNow, { incident: unknown } | Around>): string {
  if ('probe' in thing) return `${thing.probe.kind} ${thing.probe.target}`;
  if ('switch' in thing) return listed(thing.switch.name, thing.switch.host);
  return listed(thing.port.name, thing.port.alias);
}

function uneventful(own: Explanation['own'], how: Rendering): string[] {
  const { its } = how;
  if (own === undefined) return [its.neverFailed];
  if (own.length === 0) return [its.neverFailed, its.noEvents];
  return [its.neverFailed, its.events, ...own.map((event) => eventLine(event, how))];
}

function storyLines(
  { incidents, events, correlationid }: Explanation['stories'][number],
  subject: string,
  now: Date,
  how: Rendering,
): string[] {
  const { its } = how;
  const shown = events.length <= mostEvents.first + mostEvents.last ? events.length : mostEvents.first;
  const rest = events.slice(shown);
  const left = rest.length - mostEvents.last;
  return [
    ...incidents.flatMap((incident) => beginning(incident, subject, how)),
    ...(incidents.some(({ outage }) => outage) ? [its.powerCut] : []),
    its.happened,
    ...events.slice(0, shown).map((event) => eventLine(event, how)),
    ...(left > 0 ? [`  ${its.more(left, correlationid)}`] : []),
    ...rest.slice(Math.max(0, left)).map((event) => eventLine(event, how)),
    ...incidents.map((incident) => ending(incident, now, how)),
  ];
}

/** What failed first, what went with it and when, and whether that explains the thing that was asked about. */
function beginning(incident: ShownIncident, subject: string, { its, at }: Rendering): string[] {
  const { id, root, since, members, others, planned } = incident;
  const rest = members.filter(({ thing }) => thing !== root).sort(bySince);
  return [
    its.began(id, root, at(since)),
    ...(rest.length > 0 ? [`  ${its.followed}`] : []),
    ...rest.map(({ thing, state, since: from }) => `    ${at(from)}  ${its.member(thing, state)}`),
    ...(rest.some(({ thing }) => thing === subject) ? [`  ${its.because(root, subject)}`] : []),
    ...(others.length > 0 ? [`  ${its.also(others.join(', '))}`] : []),
    ...(planned ? [`  ${planned.whole ? its.planned : its.partlyPlanned(planned.things.join(', '))}`] : []),
  ];
}

function ending(incident: IncidentResource, now: Date, { its, at }: Rendering): string {
  const { id, since, until, lasted_s, members } = incident;
  const lasted = (end: string | Date) => (new Date(end).getTime() - Date.parse(since)) / 1000;
  if (until !== undefined) return its.over(id, at(until), lasted_s ?? lasted(until));
  const left = members
    .filter(({ state }) => state !== 'up')
    .map(({ thing, state }) => `${thing} (${its.state[state]})`);
  return its.goesOn(id, Math.max(0, lasted(now)), left.join(', ') || '–');
}

function eventLine(event: StoredEvent, { at, language }: Rendering): string {
  return `  ${at(event.time)}  ${sentenceOf(event, language, at)}`;
}
