import type { Clock } from '@huismeester/clock';
import type { WikiSettings } from '@huismeester/contracts';
import { createWiki, type Wiki } from './wiki.ts';

/** What of a service the wiki of its settings needs beside them. */
export interface AroundWiki {
  readonly clock: Clock;
  readonly settings: {
    readonly site: { readonly name: string };
    readonly http: { readonly publicUrl?: string | undefined };
  };
}

/** The wiki that settings name. To its administrators it says who asks, and where they are reached. */
export function wikiOf(
  { api, ca, contact, bot }: Pick<WikiSettings, 'api' | 'ca' | 'contact' | 'bot'>,
  { clock, settings: { site, http } }: AroundWiki,
): Wiki {
  // A header has no other characters than these.
  const reached = (contact ?? http.publicUrl ?? site.name).replaceAll(/[^\x20-\x7e]/g, '?');
  return createWiki({ api, ca, bot, clock, userAgent: `Huismeester (${reached})` });
}
