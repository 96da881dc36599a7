import { type Static, Type } from 'typebox';
import { Timestamp } from './words.ts';

/** `GET /api/v1/demo/mails`: what a demo space's own mail server took; a real site has no such route. */
export const DemoMail = Type.Object({
  number: Type.Integer({ minimum: 1, description: 'Counts them since the demo started' }),
  at: Timestamp,
  to: Type.Array(Type.String()),
  subject: Type.String(),
  text: Type.String({ description: 'Its plain text' }),
});
export type DemoMail = Static<typeof DemoMail>;
