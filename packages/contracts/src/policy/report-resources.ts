import { type Static, Type } from 'typebox';
import { list, single } from '../define.ts';
import { PersonId, Timestamp } from '../words.ts';
import { adviceResources } from './advice.ts';
import { ReportData } from './report-data.ts';
import { delivery, notDelivered, ReportId, reportEvents } from './report-events.ts';

const Delivery = Type.Object({
  to: delivery.to,
  state: Type.Enum(['queued', 'delivered', 'failed'] as const, { examples: ['delivered'] }),
  at: Type.String({ ...Timestamp, description: 'Since when it is so' }),
  because: Type.Optional({ ...notDelivered.because, description: 'Why it failed' }),
  code: notDelivered.code,
  delivered: Type.Optional({
    ...Timestamp,
    description: 'When the mail server first took it; to send it once more does not change that',
  }),
});
export type ReportDelivery = Static<typeof Delivery>;

/** `GET /api/v1/reports`: a report to the board as it was made, people by their ids alone (BOARD-2). */
export const ReportResource = Type.Object({
  id: ReportId,
  how: reportEvents['report.made'].data.properties.how,
  made: Timestamp,
  digest: reportEvents['report.made'].data.properties.digest,
  deliveries: Type.Array(Delivery),
  forwarded: Type.Optional(Type.Object({ by: Type.String(), at: Timestamp })),
  data: ReportData,
});
export type ReportResource = Static<typeof ReportResource>;

/**
 * What the signed part of a link in the mail of a report holds, by which a board member says without logging in that they passed it on
 * (`POST /api/v1/forwardings`, BOARD-2).
 */
export const ForwardingLink = Type.Object({
  report: ReportId,
  person: PersonId,
  says: Type.Literal('forwarded'),
});
export type ForwardingLink = Static<typeof ForwardingLink>;

export const boardResources = {
  ...adviceResources,
  reports: list(ReportResource, { order: ['id'], exported: true }),
  forwardings: single(ForwardingLink, { exported: false }),
};
