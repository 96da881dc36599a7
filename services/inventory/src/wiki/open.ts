import type { Going, Service } from '@huismeester/service';
import { type Wiki, wikiOf } from '@huismeester/wiki';
import { createDesignLooks, type DesignLooks } from '../design/looks.ts';
import { createPolicyLooks, type PolicyLooks } from '../policy-text/looks.ts';
import { policySource } from '../policy-text/source.ts';

/** What stands on pages elsewhere: of the wiki, and the text of the infra policy. */
export interface Pages {
  /** Undefined where settings name no wiki. */
  readonly wiki: Wiki | undefined;
  readonly designLooks: DesignLooks | undefined;
  /** Undefined where settings do not say where that text is. */
  readonly policyLooks: PolicyLooks | undefined;
  readonly pageLoops: readonly Going[];
}

export function openPages(service: Service<'site' | 'http' | 'wiki' | 'policy'>): Pages {
  const { settings } = service;
  const wiki = settings.wiki && wikiOf(settings.wiki, service);
  const designLooks =
    wiki && settings.wiki && createDesignLooks({ ...service, wiki, every: settings.wiki.every });
  const policyLooks = createPolicyLooks({
    ...service,
    source: policySource(settings.policy.text, wiki),
  });
  const client: Going[] = wiki ? [{ start: () => undefined, close: () => wiki.close() }] : [];
  const looks = [designLooks, policyLooks].filter((each) => each !== undefined);
  return { wiki, designLooks, policyLooks, pageLoops: [...looks, ...client] };
}
