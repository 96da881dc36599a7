import type { DesignDecisionResource } from '@huismeester/contracts';
import type { Tx } from '@huismeester/database';
import { isRefusal, type Refusal, refuse, stale } from '@huismeester/events';
import { decideLook } from '../core/design/look.ts';
import { newPage } from '../core/design/template.ts';
import type { RouteDeps } from '../inside.ts';
import { designScope, designs } from './aggregate.ts';
import type { DesignDeps } from './commands.ts';
import { lookNow, noWiki } from './look-now.ts';
import { saveLooks } from './record.ts';
import { designResource, readDesigns } from './rows.ts';

/** A page that was made. */
export interface MadePage {
  readonly title: string;
  readonly page: number;
  readonly revision: number;
}

type Deps = Pick<RouteDeps, 'wiki' | 'settings' | 'database' | 'designLooks' | 'clock'>;

const clause = 'CORE-5';

/** Makes the page of a design decision, where settings allow it and there is none. Where nothing was made the page is looked at. */
export async function makePage(
  deps: Deps,
  { id, matches }: { readonly id: string; readonly matches: (resource: unknown) => boolean },
): Promise<MadePage | Refusal> {
  const { wiki, settings, database } = deps;
  if (wiki === undefined || settings.wiki === undefined) return noWiki();
  if (settings.wiki.writes !== 'pages') {
    const allowed = 'wiki.writes: pages, with a wiki.bot';
    const errors = [{ field: 'wiki.writes', found: settings.wiki.writes, allowed }];
    return refuse('writes-off', 'Settings do not let pages be made on the wiki', { clause, errors });
  }
  const [row] = await readDesigns(database.orm, id);
  if (row === undefined) return refuse('not-found', `There is no design decision ${id}`);
  // What is made is not taken back, so this comes first.
  if (!matches(designResource(row, settings.wiki.api))) return stale(`design decision ${id}`);
  const { page: title } = row.fields;
  if (title === undefined) {
    const errors = [{ field: 'page', found: 'nothing', allowed: 'the title that its page is to have' }];
    return refuse('no-title', 'This design decision names no page', { clause, errors });
  }
  const made = await wiki.create({ title, ...newPage(row.fields, settings.site.language) });
  if (made.outcome === 'made') return { title, page: made.page, revision: made.revision };
  const looked = await lookNow(deps, { id, matches: () => true });
  if (isRefusal(looked)) return looked;
  if (made.outcome === 'exists') {
    const errors = [{ field: 'page', found: `${title}, which is there`, allowed: 'a title without a page' }];
    return refuse('page-exists', 'There is a page of that title already; it was not touched', {
      clause,
      errors,
    });
  }
  const code = made.outcome === 'unknown' ? 'wiki-unknown' : 'wiki-refused';
  return refuse(code, `The page was not made, as far as is known: ${made.why}`, { clause });
}

/** Writes down that the page was made, as a look that found it. */
export async function recordMade(
  tx: Tx,
  { log, api }: DesignDeps,
  { id, actor, title, page, revision }: MadePage & { readonly id: string; readonly actor: string },
): Promise<DesignDecisionResource | Refusal> {
  const now = log.now();
  const answer = { state: 'found', page, revision, revised_at: now.toISOString(), title } as const;
  const done = await designs.handle(tx, {
    log,
    id,
    actor,
    only: 'existing',
    scope: designScope,
    decide(known) {
      // Another page is named since: what was made is the page of no design decision.
      if (known?.fields.page !== title) return [];
      return decideLook(id, known, answer, now);
    },
  });
  if (isRefusal(done)) return done;
  if (done.state?.fields.page === title) await saveLooks(tx, [{ id, page: title, answer }], now);
  const [row] = await readDesigns(tx, id);
  return row ? designResource(row, api) : refuse('not-found', `There is no design decision ${id}`);
}
