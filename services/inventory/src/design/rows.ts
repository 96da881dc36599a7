import { type DesignDecisionResource, type WikiPage, wikiPageUrl } from '@huismeester/contracts';
import { eq } from 'drizzle-orm';
import type { DesignDecision } from '../core/design/decision.ts';
import type { Reader } from '../ports.ts';
import { designDecision, pageLook } from '../schema.ts';

export type PageLook = typeof pageLook.$inferSelect;

/** A design decision, and how the looks at its page went. */
export interface DesignRow extends DesignDecision {
  readonly id: string;
  readonly looked: PageLook | undefined;
}

/** All design decisions, or the one with this id. */
export async function readDesigns(tx: Reader, id?: string): Promise<DesignRow[]> {
  const rows = await tx
    .select()
    .from(designDecision)
    .leftJoin(pageLook, eq(pageLook.decision, designDecision.id))
    .where(id === undefined ? undefined : eq(designDecision.id, id))
    .orderBy(designDecision.id);
  return rows.map(({ design_decision: { version: _, ...decision }, page_look: looked }) => ({
    ...decision,
    looked: looked ?? undefined,
  }));
}

/** A design decision as REST shows it; `api` is the URL of the wiki's api.php. */
export function designResource(
  { id, since, fields, read, looked }: DesignRow,
  api: string | undefined,
): DesignDecisionResource {
  const title = read?.title ?? fields.page;
  const { unknownSince, why } = looked ?? {};
  return {
    id,
    ...fields,
    since: since.toISOString(),
    ...(api !== undefined && title !== undefined && { url: wikiPageUrl(api, title) }),
    ...(read && { read: { ...read, ...newestOf(read, looked) } }),
    ...(unknownSince && { unknown: { since: unknownSince.toISOString(), why: why ?? '' } }),
  };
}

/** The newest revision of a page that is there: its events have the one that was there when it was first found so. */
function newestOf(
  { revision: known }: WikiPage,
  looked: PageLook | undefined,
): Pick<WikiPage, 'revision' | 'revised_at'> {
  const { revision, revisedAt } = looked ?? {};
  if (known === undefined || !revision || !revisedAt) return {};
  return { revision, revised_at: revisedAt.toISOString() };
}
