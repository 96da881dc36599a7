import type { Member } from '@huismeester/contracts';
import type { Incident } from './incident.ts';
import { iso } from './moment.ts';
import type { Thing } from './thing.ts';
import type { About } from './world.ts';

/**
 * The members as everybody sees them, and whether a core thing among them is down. One that is back is up here, whatever it is now: when
 * it fails again by itself it has another incident.
 */
export function shownMembers(
  { members }: Pick<Incident, 'members'>,
  thingOf: (id: string) => Thing | undefined,
  about: (id: string) => About,
): { readonly members: Member[]; readonly core: boolean } {
  const shown = Object.entries(members).map(
    ([thing, { since, backAt }]): Member => ({
      thing,
      state: backAt ? 'up' : (thingOf(thing)?.state ?? 'unknown'),
      core: about(thing).core,
      since: iso(since),
    }),
  );
  return { members: shown, core: shown.some(({ core, state }) => core && state === 'down') };
}
