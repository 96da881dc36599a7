import type { Orm } from '@huismeester/database';
import type { AskService } from '@huismeester/service';
import type { Composed } from '../notices/compose.ts';
import type { Letters } from '../notices/letters.ts';
import { boardAddress } from '../notices/says.ts';
import { queueToBoardInstead } from './deliver.ts';
import { forwardingLink, type LinkPlan } from './forwarding/link.ts';
import { deliveryEvent, noteDelivery } from './record-delivery.ts';
import { asHtml } from './render/as-html.ts';
import { asText } from './render/as-text.ts';
import { type Block, type Document, text } from './render/document.ts';
import { type ReportPlan, shownReport } from './shown.ts';
import { readReports } from './store.ts';

interface Deps {
  readonly orm: Orm;
  readonly ask: AskService;
  readonly plan: ReportPlan;
  readonly links: LinkPlan;
}

/** The mails with reports (BOARD-2), and what follows when one is over. */
export function reportLetters({ plan, ...deps }: Deps): Letters {
  return {
    async write({ subject, person }) {
      const id = subject.replace(/^report\//, '');
      const [report] = await readReports(deps.orm, [id]);
      if (!report) return undefined;
      const { document, hasNames } = await shownReport(deps.ask, plan, report.data, report.made);
      // It is mailed once: with the names, or later.
      return hasNames ? reportMail(document, passedOn(deps.links, id, person)) : 'not-now';
    },
    async ended(tx, row, { failure, now }) {
      await noteDelivery(tx, row, failure, now);
      const id = row.subject.replace(/^report\//, '');
      if (failure) await queueToBoardInstead(tx, id, plan.board, { now, moment: row.moment });
      return [deliveryEvent(row, failure)];
    },
  };
}

/**
 * The report as a mail to pass on. That it was passed on can be said, and need not be: what asks a board member for it stands before the report, where
 * it is seen and taken out when the mail is passed on.
 */
export function reportMail(document: Document, before: readonly Block[]): Composed {
  const whole = { ...document, intro: [...before, ...document.intro] };
  return { subject: document.title, text: asText(whole), html: asHtml(whole) };
}

/** What asks the board member in the team whether they passed it on; nothing where the whole board gets it. */
export function passedOn(links: LinkPlan, report: string, person: string): Block[] {
  if (person === boardAddress) return [];
  const href = forwardingLink(links, report, person);
  const where =
    href === undefined ? `huismeester report forwarded ${report}` : { text: 'dit heb ik doorgestuurd', href };
  return [
    text(
      'Alleen voor jou, als bestuurslid in het team: heb je dit verslag doorgestuurd aan de rest van het bestuur? Je kunt dat laten weten, maar het hoeft niet: ',
      where,
      '. Haal deze regel weg als je de mail doorstuurt.',
    ),
  ];
}
