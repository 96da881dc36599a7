import { type Clock, systemClock } from '@huismeester/clock';
import { Unanswered } from '@huismeester/service';
import { waitFor } from '@huismeester/testkit';
import { type Answer, type Question, type Site, startSite } from '../site.ts';

/** The team as the first read has it: bea is the board member in it, zoe is of the board alone, tim is on trial. */
const team = ['ann', 'bob', 'cor', 'bea'];
export const hourMs = 3_600_000;

/** A space with a team, whose clock a test sets and whose policy believes it, or does not. */
export interface Space {
  readonly site: Site;
  readonly id: (uid: string) => string;
  /** As a person who logged in. */
  as(uid: string, path: string, question?: Question): Promise<Answer>;
  /** The id of a new application, open, of somebody for themselves. */
  apply(uid: string): Promise<string>;
  vote(uid: string, application: string, vote: string, more?: object): Promise<Answer>;
  /** What it is, as ann sees it. */
  see(application: string, as?: string): Promise<Answer['body']>;
  /** Has all be decided again that is open, and waits for it. */
  becomes(application: string, state: string): Promise<Answer['body']>;
  /** Lets so much time pass by the civil clock, ms. */
  pass(ms: number): void;
  /** Whether policy believes the clock; undefined: it does not answer. */
  believed: boolean | undefined;
}

export async function startSpace(applicants: readonly string[]): Promise<Space> {
  let aheadMs = 0;
  const tokens = new Map<string, string>();
  const ids = new Map<string, string>();
  const clock: Clock = {
    now: () => new Date(Date.now() + aheadMs),
    monotonicMs: systemClock.monotonicMs,
    after: systemClock.after,
  };
  const ask = (async () => {
    if (space.believed === undefined) throw new Unanswered('policy is away');
    return { believed: space.believed, now: clock.now().toISOString() };
  }) as never;
  const people = [...team, 'zoe', 'tim', 'fay', ...applicants];
  const site = await startSite({
    people,
    groups: { participants: people, team, trial: ['tim'], board: ['bea', 'zoe'] },
    writes: true,
    ownServer: true,
    outside: () => ({ ask }),
    clock,
  });
  for (const uid of people) ids.set(uid, (await site.person(uid)).id);
  const space: Space = {
    site,
    believed: true,
    id: (uid) => ids.get(uid) ?? '',
    async as(uid, path, question = {}) {
      const token = tokens.get(uid) ?? (await site.logIn(uid)).body.secret;
      tokens.set(uid, token);
      return await site.ask(path, { ...question, token });
    },
    async apply(uid) {
      return (await space.as(uid, '/applications', { method: 'POST', json: {} })).body.id;
    },
    vote: (uid, application, vote, more = {}) =>
      space.as(uid, `/applications/${application}/vote`, { method: 'PUT', json: { vote, ...more } }),
    see: async (application, as = 'ann') => (await space.as(as, `/applications/${application}`)).body,
    becomes: (application, state) =>
      waitFor(`${application} is ${state}`, async () => {
        await site.read();
        const found = await space.see(application);
        return found.state === state && found;
      }),
    pass(ms) {
      aheadMs += ms;
      // Sessions end meanwhile.
      tokens.clear();
    },
  };
  return space;
}
