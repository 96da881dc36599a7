import type { RouteDeps } from '../deps.ts';
import { coreDown } from '../display/summary.ts';
import type { NowKnown } from './now.ts';
import { sourcesOf } from './sources.ts';
import type { createVmNames } from './vm-names.ts';

/** Reads what `/now` is made of: what the newest pass found, and what is called how of what is down. */
export function createKnown(
  {
    page: { site },
    clock,
    settings,
    loop,
    view,
    sources,
  }: Pick<RouteDeps, 'page' | 'clock' | 'settings' | 'loop' | 'view' | 'sources'>,
  names: ReturnType<typeof createVmNames>,
) {
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
      names: await names(space === undefined ? [] : coreDown(space)),
      settings,
      watches: loop.clauses(),
      timezone: site.timezone,
      // While nothing can be evaluated it is of then.
      at: loop.isFailing() && found ? found.now : now,
    };
  };
}
