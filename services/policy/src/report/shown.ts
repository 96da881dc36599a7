import { type ReportData, type SpaceSettings, wikiPageUrl } from '@huismeester/contracts';
import type { AskService } from '@huismeester/service';
import { namesOfPeople } from './names.ts';
import { asHtml } from './render/as-html.ts';
import { asMarkdown } from './render/as-markdown.ts';
import { asText } from './render/as-text.ts';
import type { Document } from './render/document.ts';
import { documentOf } from './render/report.ts';

/** What settings say of how a report is shown. */
export interface ReportPlan {
  readonly site: string;
  readonly zone: string;
  /** At which time of the day, on the first of a month. */
  readonly at: string;
  /** The mail address of the whole board. */
  readonly board: string | undefined;
  readonly wikiPage: (title: string) => string | undefined;
}

type Used = Pick<SpaceSettings, 'site' | 'policy' | 'board' | 'wiki'>;

export function reportPlan({ site, policy, board, wiki }: Used): ReportPlan {
  return {
    site: site.name,
    zone: site.timezone,
    at: policy.report.at,
    board: board.address,
    wikiPage: (title) => wiki && wikiPageUrl(wiki.api, title),
  };
}

/** A report in words, with the names that people have now; `hasNames`: whether everybody could be asked for. */
export async function shownReport(
  ask: AskService,
  { site, zone, wikiPage }: ReportPlan,
  data: ReportData,
  made?: string,
): Promise<{ readonly document: Document; readonly hasNames: boolean }> {
  const { of: person, areAll: hasNames } = await namesOfPeople(ask, data);
  const how = { site, zone, wikiPage, person, ...(made !== undefined && { made }) };
  return { document: documentOf(data, how), hasNames };
}

/** In which forms a report is shown, each with its media type. */
export const forms = {
  text: { type: 'text/plain; charset=utf-8', of: asText },
  markdown: { type: 'text/markdown; charset=utf-8', of: asMarkdown },
  html: { type: 'text/html; charset=utf-8', of: asHtml },
} as const;
export type Form = keyof typeof forms;
