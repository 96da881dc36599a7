import type { LiveHeads, ServiceName } from '@huismeester/contracts';
import { type ReadonlySignal, signal } from '@preact/signals';
import { serverNow } from '../app/clock.ts';
import { onAnswer } from './request.ts';
import { refreshShown } from './resource.ts';
import { StreamRefused, streamOf } from './stream.ts';
import { createTabs, type Tabs } from './tabs.ts';

const path = '/api/v1/live';
/** The stream has a beat every 10 s. */
const silentMs = 25_000;
/** How often all is fetched while there is no stream. */
const pollMs = 5_000;
/** And beside one: a reading on mains is no event. */
const refreshMs = 15_000;
/** After the first heads: what was fetched before them is asked for once more, when the first view has had its turn. */
const checkMs = 2_000;
const retryMs = { first: 1_000, most: 10_000 };

const lastContact = signal<number | undefined>(undefined);
const isLive = signal<boolean>(false);
const versionSeen = signal<string | undefined>(undefined);

/** When the server was heard last, ms since 1970 by its clock; undefined before the first time. */
export const heardAt: ReadonlySignal<number | undefined> = lastContact;
/** Whether what is on the screen is fetched again as soon as something happens; else it is polled, or not at all. */
export const live: ReadonlySignal<boolean> = isLive;
/** The version of the server. */
export const version: ReadonlySignal<string | undefined> = versionSeen;

/** The stream that this tab reads. */
interface Stream extends Pick<AbortController, 'signal' | 'abort'> {
  /** When something came by it, or when it was asked for. */
  heardAt: number;
  /** Whether anything has come by it. */
  isOpen: boolean;
}

let known: LiveHeads | undefined;
let tabs: Tabs<LiveHeads> | undefined;
let stream: Stream | undefined;
let failures = 0;
let nextTry = 0;
let started = false;
let polledAt = 0;

/** Begins to follow the logs; once in the life of the page. */
export function startLive(): void {
  if (started) return;
  started = true;
  onAnswer(heard);
  // What is shown was asked for just now.
  polledAt = Date.now();
  tabs = createTabs<LiveHeads>({
    heard: (heads) => take(heads),
    beaten: () => contact(),
    // Another tab reads the stream for both of us: a browser opens six connections to a server, over all tabs.
    superseded: () => stream?.abort(),
  });
  document.addEventListener('visibilitychange', visibilityChanged);
  window.addEventListener('online', soon);
  window.addEventListener('pagehide', () => stream?.abort());
  setInterval(look, 1_000);
  soon();
}

let isForUs = true;

/** Says that who is logged in has changed: the stream is opened anew, if it is for them. */
export function reopen(isAllowed: boolean): void {
  isForUs = isAllowed;
  stream?.abort();
  stream = undefined;
  if (started) soon();
}

function soon(): void {
  failures = 0;
  nextTry = 0;
  look();
}

function visibilityChanged(): void {
  if (document.hidden) {
    stream?.abort();
    stream = undefined;
    isLive.value = false;
    return;
  }
  void refreshShown();
  soon();
}

/** Looks once a second: is the stream still heard, is one to be opened, is it time to poll. */
function look(): void {
  if (document.hidden || !isForUs) return;
  const now = Date.now();
  const isHeard = now - (tabs?.heardAt() ?? 0) < silentMs;
  if (stream === undefined && !isHeard && now >= nextTry) void read();
  if (stream !== undefined && now - stream.heardAt > silentMs) stream.abort();
  isLive.value = stream?.isOpen === true || isHeard;
  if (now - polledAt >= (isLive.value ? refreshMs : pollMs)) void poll();
}

async function read(): Promise<void> {
  const own: Stream = Object.assign(new AbortController(), { heardAt: Date.now(), isOpen: false });
  stream = own;
  try {
    for await (const said of streamOf(path, own.signal)) {
      own.heardAt = Date.now();
      failures = 0;
      if (!own.isOpen) tabs?.claim();
      own.isOpen = true;
      if (said === 'beat') {
        contact();
        tabs?.beat();
      } else if (said.event === 'heads') {
        const heads = JSON.parse(said.data) as LiveHeads;
        take(heads);
        tabs?.say(heads);
      }
    }
  } catch (error) {
    // Nobody is logged in, or the stream is not for them: polls go on, and say so.
    if (error instanceof StreamRefused && error.status < 500) failures = 4;
  } finally {
    if (stream === own) stream = undefined;
    failures += 1;
    nextTry = Date.now() + Math.min(retryMs.most, retryMs.first * 2 ** (failures - 1));
    isLive.value = false;
  }
}

function take(newest: LiveHeads): void {
  contact();
  versionSeen.value = newest.version;
  const names = Object.keys(newest.heads) as ServiceName[];
  const before = known;
  known = newest;
  if (before === undefined) {
    setTimeout(() => void refreshShown(), checkMs);
    return;
  }
  const changed = new Set(names.filter((name) => before.heads[name] !== newest.heads[name]));
  // What it decided upon has changed, whether or not anything followed.
  if (before.evaluated !== newest.evaluated) changed.add('policy');
  if (changed.size > 0) void refreshShown(changed);
}

function heard(): void {
  lastContact.value = serverNow();
}

/** By the stream, here or in another tab. */
function contact(): void {
  heard();
  // What was asked for while it was not heard may have failed, though nothing has happened since.
  const isBack = known !== undefined && !isLive.peek();
  isLive.value = true;
  if (isBack) void poll();
}

async function poll(): Promise<void> {
  polledAt = Date.now();
  await refreshShown();
}
