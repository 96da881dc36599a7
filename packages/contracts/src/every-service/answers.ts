import { type Static, type TSchema, Type } from 'typebox';
import { list } from '../define.ts';
import { PersonId, Role, Timestamp } from '../words.ts';
import { Envelope } from './envelope.ts';

/** An API token as it is listed; the secret is shown once, when it is made. */
export const Token = Type.Object({
  id: Type.String(),
  name: Type.String(),
  role: Role,
  created: Timestamp,
  createdBy: Type.String(),
  expires: Type.Optional(Timestamp),
  lastUsed: Type.Optional(Timestamp),
  person: Type.Optional(PersonId),
});
export type Token = Static<typeof Token>;

/** `GET /api/v1/tokens`, which every process answers. */
export const tokens = list(Token, { order: ['created', 'id'], exported: true });

/** `GET /api/v1/settings`, which every process answers: one of its settings as it was read, or its default. */
export const Setting = Type.Object({
  path: Type.String({ description: 'Where it stands in space.yaml', examples: ['ups[0].upsd.host'] }),
  value: Type.Optional(Type.Union([Type.String(), Type.Number(), Type.Boolean()])),
  secret: Type.Optional(Type.Boolean({ description: 'It is set, and nobody is shown what it is' })),
});
export type Setting = Static<typeof Setting>;

/** RFC 9457, with a stable `code`, the policy clause that refused, and one entry per wrong field. */
export const Problem = Type.Object({
  type: Type.String(),
  title: Type.String({ description: 'In English; in Dutch where `Accept-Language` begins with it' }),
  status: Type.Integer(),
  code: Type.String(),
  detail: Type.Optional(Type.String()),
  instance: Type.Optional(Type.String({ description: 'The request, as the log names it' })),
  clause: Type.Optional(Type.String()),
  errors: Type.Optional(
    Type.Array(
      Type.Object({
        field: Type.String(),
        found: Type.Optional(Type.String()),
        allowed: Type.String(),
      }),
    ),
  ),
});
export type Problem = Static<typeof Problem>;

/** How every list answers. */
export function page<Item extends TSchema>(item: Item) {
  return Type.Object({
    results: Type.Array(item),
    next: Type.Union([Type.String(), Type.Null()], { description: 'URL of the next page' }),
    count: Type.Integer({ minimum: 0, description: 'Of all pages' }),
  });
}

/** `GET /api/v1/<service>/events`; `head` is the position of the newest event there is. */
export const EventPage = Type.Object({
  epoch: Type.String({ format: 'uuid' }),
  head: Type.Integer({ minimum: 0 }),
  events: Type.Array(
    Type.Object({ ...Envelope.properties, actor: Type.Optional(Type.String()), data: Type.Unknown() }),
  ),
});
export type EventPage = Static<typeof EventPage>;

/** `GET /api/v1/<service>/snapshot`: all entities as they were at `position`. */
export const Snapshot = Type.Object({
  epoch: Type.String({ format: 'uuid' }),
  position: Type.Integer({ minimum: 0 }),
  entities: Type.Array(
    Type.Object({ subject: Type.String(), version: Type.Integer({ minimum: 0 }), state: Type.Unknown() }),
  ),
});
export type Snapshot = Static<typeof Snapshot>;
