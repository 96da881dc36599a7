import type { ServiceName } from '@huismeester/contracts';
import { type ReadonlySignal, signal } from '@preact/signals';
import { useLayoutEffect, useMemo } from 'preact/hooks';
import { serverNow } from '../app/clock.ts';
import { ask, type Failure, type Reply } from './request.ts';

/** What is known of something that was asked for; `at`: when, ms by the server's clock. `stale` says why the newest look at it failed: the value is an older one. */
export type State<T> =
  | { readonly kind: 'loading' }
  | {
      readonly kind: 'loaded';
      readonly value: T;
      readonly etag?: string;
      readonly at: number;
      readonly stale?: Failure;
    }
  | { readonly kind: 'failed'; readonly failure: Failure };

/** Something of the REST API that is on the screen; it is fetched again when the log of one of its services has moved. */
export interface Resource<T> {
  readonly state: ReadonlySignal<State<T>>;
  /** Fetches it again, now. */
  refresh(): Promise<void>;
}

interface Entry extends Resource<unknown> {
  readonly of: ReadonlySet<ServiceName>;
  /** What is being asked. */
  readonly running: Promise<void> | undefined;
  users: number;
}

/** How many that nobody shows any more are kept, so that going back is instant. */
const kept = 40;
const entries = new Map<string, Entry>();

/**
 * A single thing, `GET path`, as a signal; `of` names the services whose events may change it. Undefined as path: nothing is asked, and it stays
 * `loading`.
 */
export function useResource<T>(path: string | undefined, of: readonly ServiceName[]): Resource<T> {
  return use(path, of, single) as Resource<T>;
}

/** How a list answers: some of it, how many there are in all, and where the rest is. */
export interface ListPage<T> {
  readonly results: readonly T[];
  readonly next: string | null;
  readonly count: number;
}

/** The first page of a list, `GET path`, as far as its `limit` goes. */
export function usePage<T>(path: string | undefined, of: readonly ServiceName[]): Resource<ListPage<T>> {
  return use(path, of, single) as Resource<ListPage<T>>;
}

/** All of a list, `GET path`, page by page. */
export function useList<T>(path: string | undefined, of: readonly ServiceName[]): Resource<readonly T[]> {
  return use(path, of, whole) as Resource<readonly T[]>;
}

/** Fetches again all that is on the screen and comes from one of these services; all of it if none is named. */
export async function refreshShown(changed?: ReadonlySet<ServiceName>): Promise<void> {
  const shown = [...entries.values()].filter(({ users }) => users > 0);
  const found = shown.filter(({ of }) => changed === undefined || [...of].some((name) => changed.has(name)));
  await Promise.all(found.map((each) => each.refresh()));
}

/** Waits for the answers to all that is being asked. */
export async function allAnswered(): Promise<void> {
  await Promise.all([...entries.values()].map(({ running }) => running));
}

/** Forgets everything: somebody else is logged in now, or nobody. What is on the screen is fetched again. */
export async function forgetAll(): Promise<void> {
  for (const [path, { users }] of entries) if (users === 0) entries.delete(path);
  await refreshShown();
}

type Read = (path: string, etag: string | undefined) => Promise<Reply | Failure>;

const single: Read = (path, ifNoneMatch) => ask(path, { ifNoneMatch });

const whole: Read = async (path, ifNoneMatch) => {
  const first = await ask(withLimit(path), { ifNoneMatch });
  if ('kind' in first || first.status === 304) return first;
  const results: unknown[] = [];
  let page = first.value as { results: unknown[]; next: string | null };
  results.push(...page.results);
  const isOnePage = page.next === null;
  while (page.next !== null) {
    const url = new URL(page.next, location.href);
    const next = await ask(`${url.pathname}${url.search}`);
    if ('kind' in next) return next;
    page = next.value as typeof page;
    results.push(...page.results);
  }
  // The ETag is that of the first page, and says nothing of what has changed on another one.
  return { ...first, etag: isOnePage ? first.etag : undefined, value: results };
};

function withLimit(path: string): string {
  return path.includes('limit=') ? path : `${path}${path.includes('?') ? '&' : '?'}limit=1000`;
}

const nothing: Resource<unknown> = { state: signal({ kind: 'loading' }), refresh: async () => {} };

function use(path: string | undefined, of: readonly ServiceName[], read: Read): Resource<unknown> {
  const entry = useMemo(() => (path === undefined ? undefined : entryOf(path, of, read)), [path]);
  // Not useEffect, which ends after the next paint: until then, what has left the screen would still be fetched.
  useLayoutEffect(() => {
    if (entry === undefined) return undefined;
    entry.users += 1;
    if (entry.users === 1) void entry.refresh();
    return () => {
      entry.users -= 1;
      prune();
    };
  }, [entry]);
  return entry ?? nothing;
}

function entryOf(path: string, of: readonly ServiceName[], read: Read): Entry {
  const known = entries.get(path);
  if (known !== undefined) return known;
  const entry = createEntry(path, of, read);
  entries.set(path, entry);
  return entry;
}

function createEntry(path: string, of: readonly ServiceName[], read: Read): Entry {
  const state = signal<State<unknown>>({ kind: 'loading' });
  let running: Promise<void> | undefined;
  let again = false;
  const look = async (): Promise<void> => {
    const before = state.peek();
    const answer = await read(path, before.kind === 'loaded' ? before.etag : undefined);
    const newest = state.peek();
    if ('kind' in answer) {
      // What is not there any more, or not for us, must not stay on the screen.
      const isGone = answer.kind === 'problem' && answer.problem.status < 500;
      state.value =
        newest.kind === 'loaded' && !isGone
          ? { ...newest, stale: answer }
          : { kind: 'failed', failure: answer };
      return;
    }
    const { stale: _, ...fresh } =
      newest.kind === 'loaded' ? newest : { value: undefined, kind: 'loaded' as const };
    const value = answer.status === 304 ? fresh.value : answer.value;
    state.value = {
      kind: 'loaded',
      value,
      at: serverNow(),
      ...(answer.etag !== undefined && { etag: answer.etag }),
    };
  };
  const refresh = (): Promise<void> => {
    // What changed while it was asked for is asked for again, once.
    if (running !== undefined) again = true;
    running ??= (async () => {
      do {
        again = false;
        await look();
      } while (again);
    })().finally(() => {
      running = undefined;
    });
    return running;
  };
  return {
    state,
    refresh,
    of: new Set(of),
    users: 0,
    get running() {
      return running;
    },
  };
}

function prune(): void {
  const unused = [...entries].filter(([, { users }]) => users === 0);
  for (const [path] of unused.slice(0, Math.max(0, unused.length - kept))) entries.delete(path);
}

/** What is known of it; undefined while it is not, whyever. */
export function known<T>({ state }: Resource<T>): T | undefined {
  const found = state.value;
  return found.kind === 'loaded' ? found.value : undefined;
}
