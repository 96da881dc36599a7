import type { Site, SpaceSettings } from '@huismeester/contracts';
import type { Service } from '@huismeester/service';
import type { PassLoop } from '../desired/pass-loop.ts';
import { headsOf } from '../live/heads.ts';
import { createStreams, type Streams } from '../live/streams.ts';
import { type NoticePlan, noticePlan } from '../notices/plan.ts';
import type { UsedSettings } from '../settings.ts';
import { type Asking, whyNoLogin } from './no-login.ts';

/** What the routes of the web page need beside what all of policy's are given. */
export interface PageDeps {
  readonly site: SpaceSettings['site'];
  readonly publicNow: boolean;
  /** Why whoever asks so cannot log in. */
  readonly noLogin: (request: Asking) => Site['noLogin'];
  readonly plan: Pick<NoticePlan, 'expireAt' | 'publicUrl'>;
  readonly version: string;
  readonly demo: boolean;
  readonly streams: Streams;
}

/** Opens what the routes of the page have in memory: the streams of those that listen. */
export function openPage(service: Service<UsedSettings>, { loop }: { readonly loop: PassLoop }): PageDeps {
  const { settings, log, consumers, clock, logger, version, demo } = service;
  const plan = noticePlan(settings);
  return {
    site: settings.site,
    publicNow: settings.web.publicNow,
    noLogin: (request) => whyNoLogin(request, { settings, publicUrl: plan.publicUrl }),
    plan,
    version,
    demo,
    streams: createStreams({
      clock,
      heads: () => headsOf({ log, consumers, loop }, version),
      failed: (error) => logger.error({ err: error }, 'heads of logs could not be said; trying again'),
    }),
  };
}
