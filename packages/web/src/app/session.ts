import type { MeResource, Site } from '@huismeester/contracts';
import { computed, signal } from '@preact/signals';
import { forgetDrafts, keepDraftsOf } from '../api/draft.ts';
import { reopen } from '../api/live.ts';
import { ask, type Failure, isByBearer, onSessionEnded, type Reply, send } from '../api/request.ts';
import { allAnswered, forgetAll } from '../api/resource.ts';

/** Who is logged in; `nobody`: no one is, undefined: not asked yet, or not answered. */
export const me = signal<MeResource | 'nobody' | undefined>(undefined);
/** What the page knows of the space before anybody logs in. */
export const site = signal<Site | undefined>(undefined);
/** Somebody was logged in here, and their session has ended: they are asked to log in again, where they are. */
export const hasEnded = signal(false);

export type Role = MeResource['roles'][number];

const roles = computed<readonly Role[]>(() => {
  const who = me.value;
  return who === undefined || who === 'nobody' ? [] : who.roles;
});

/** Whether who is logged in has one of these roles. It decides what is shown; who may do it is decided by the server. */
export function may(...wanted: readonly Role[]): boolean {
  return wanted.some((role) => roles.value.includes(role));
}

/** The person who is logged in. */
export function person(): string | undefined {
  const who = me.value;
  return who === undefined || who === 'nobody' ? undefined : who.person;
}

/** What was not answered is asked for again after so long. */
const againMs = 3_000;

/** Asks who is logged in, and what the space is called, until both are known; `isAgain`: since not all was answered the last time. */
export async function readSession(isAgain = false): Promise<void> {
  const before = maySeeNow();
  // A display is nobody, and asking who it is would be refused.
  const [who, where] = await Promise.all([isByBearer() ? undefined : ask('/api/v1/me'), ask('/api/v1/site')]);
  if (!('kind' in where)) site.value = where.value as Site;
  if (who !== undefined) learnWho(who);
  if (!isAgain || maySeeNow() !== before) reopen(maySeeNow());
  const isKnown = site.value !== undefined && (who === undefined || me.value !== undefined);
  if (!isKnown) setTimeout(() => void readSession(true), againMs);
}

function learnWho(who: Reply | Failure): void {
  if (!('kind' in who)) me.value = who.value as MeResource;
  else if (who.kind === 'problem' && who.problem.status === 401) me.value = 'nobody';
  const whose = person();
  if (whose !== undefined) keepDraftsOf(whose);
}

/** Whether how the space is may be asked for: by somebody, or by anybody where settings say so. */
export function maySeeNow(): boolean {
  return me.value !== 'nobody' || site.value?.publicNow === true;
}

/** Throws a Failed where the password is wrong, or too many were. */
export async function logIn(login: string, password: string): Promise<void> {
  await send('/api/v1/sessions', { method: 'POST', body: { login, password } });
  hasEnded.value = false;
  const before = person();
  await readSession();
  // What somebody else saw must not stay on the screen.
  await (person() === before ? Promise.resolve() : forgetAll());
}

export async function logOut(): Promise<void> {
  // The end of a session is news: what is on the screen would be asked for again, by nobody, and be refused.
  reopen(false);
  try {
    // And what was asked for just now would be refused, if its answer came after that end.
    await allAnswered();
    await send('/api/v1/sessions/current', { method: 'DELETE' });
    me.value = 'nobody';
    forgetDrafts();
  } finally {
    reopen(maySeeNow());
  }
  // Until what is for people of the space has left the screen.
  await new Promise((resolve) => setTimeout(resolve));
  await forgetAll();
}

onSessionEnded(() => {
  if (me.peek() === undefined || me.peek() === 'nobody') return;
  hasEnded.value = true;
});
