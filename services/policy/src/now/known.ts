import type { RouteDeps } from '../deps.ts';
import { coreDown, type Space } from '../display/summary.ts';
import { vmNames } from '../notices/names.ts';
import type { NowKnown } from './now.ts';
import { sourcesOf } from './sources.ts';

/** How long the name of a VM is believed, ms; and that it was not known, which may be since nobody answers. */
const namedMs = 60_000;
const namelessMs = 5_000;

/** Reads what `/now` is made of: what the newest pass found, and what is called how of what is down. */
export function createKnown({
  page: { site },
  clock,
  settings,
  loop,
  view,
  sources,
  ask,
}: Pick<RouteDeps, 'page' | 'clock' | 'settings' | 'loop' | 'view' | 'sources' | 'ask'>) {
  const names = createNames({ ask, clock });
  return async (): Promise<NowKnown> => {
    const now = clock.now().getTime();
    const found = loop.latest();
    const space = view.space(now);
    const readings = sourcesOf(sources.readings());
    const own = { service: 'policy', state: loop.isFailing() ? 'away' : 'fresh' } as const;
    return {
      found,
      space,
      sources: [own, ...readings],
      names: await names(space),
      settings,
      watches: loop.clauses(),
      timezone: site.timezone,
      // While nothing can be evaluated it is of then.
      at: loop.isFailing() && found ? found.now : now,
    };
  };
}

/** What core VMs that are down are called; asked for at most so often, since pages ask every second while they go down. */
function createNames({ ask, clock }: Pick<RouteDeps, 'ask' | 'clock'>) {
  const kept = new Map<string, { readonly name: string | undefined; readonly until: number }>();
  return async (space: Space | undefined): Promise<ReadonlyMap<string, string>> => {
    const down = space === undefined ? [] : coreDown(space).filter((thing) => thing.startsWith('vm/'));
    const now = clock.monotonicMs();
    const missing = down.filter((thing) => (kept.get(thing)?.until ?? 0) <= now);
    if (missing.length > 0) {
      const found = new Map(
        await vmNames(
          ask,
          missing.map((thing) => thing.slice('vm/'.length)),
        ),
      );
      for (const thing of missing) {
        const name = found.get(thing);
        kept.set(thing, { name, until: now + (name === undefined ? namelessMs : namedMs) });
      }
    }
    return new Map(
      down.flatMap((thing) => {
        const name = kept.get(thing)?.name;
        return name === undefined ? [] : [[thing, name] as const];
      }),
    );
  };
}
