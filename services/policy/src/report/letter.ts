import type { Orm } from '@huismeester/database';
import type { Message } from '@huismeester/mail';
import type { AskService } from '@huismeester/service';
import { asHtml } from './render/as-html.ts';
import { asText } from './render/as-text.ts';
import { text } from './render/document.ts';
import { type ReportPlan, shownReport } from './shown.ts';
import { readReports } from './store.ts';

/** A message that is not put together of notices. */
export type Letter = Pick<Message, 'subject' | 'text' | 'html'>;

/**
 * The report as a mail to pass on; undefined where there is no such report. That it was passed on can be said, and need not be (BOARD-2): the
 * mail names where, and to follow a link changes nothing.
 */
export async function letterOf(
  {
    orm,
    ask,
    plan,
    publicUrl,
  }: {
    readonly orm: Orm;
    readonly ask: AskService;
    readonly plan: ReportPlan;
    readonly publicUrl: string | undefined;
  },
  id: string,
): Promise<Letter | undefined> {
  const [report] = await readReports(orm, [id]);
  if (!report) return undefined;
  const document = await shownReport(ask, plan, report.data, report.made);
  const where =
    publicUrl === undefined
      ? `huismeester report forwarded ${id}`
      : { text: 'Huismeester', href: `${publicUrl}/#/reports/${id}` };
  const end = [
    text(
      'Bestuurslid in het team: heb je dit verslag doorgestuurd? Je kunt dat laten weten, maar het hoeft niet: ',
      where,
      '.',
    ),
  ];
  const whole = { ...document, end };
  return {
    subject: document.title,
    text: asText(whole),
    html: asHtml(whole),
  };
}
