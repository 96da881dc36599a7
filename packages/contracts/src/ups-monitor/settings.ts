import { type Static, Type } from 'typebox';
import { closedObject, durationOr, Host, Pem, Secret, section } from '../define.ts';
import { Id } from '../words.ts';

const UpsSettings = closedObject({
  id: Id,
  upsd: closedObject({
    host: Host,
    port: Type.Integer({ minimum: 1, maximum: 65535, default: 3493 }),
    name: Type.String({
      minLength: 1,
      description: 'the name of the UPS at upsd, as `upsc -l` lists it',
    }),
    username: Type.Optional(Type.String({ minLength: 1 })),
    password: Type.Optional(Secret),
    tls: Type.Enum(['off', 'required'] as const, { default: 'off' }),
    ca: Type.Optional(Pem),
  }),
  poll: section({
    status: durationOr('500ms'),
    variables: durationOr('5s'),
  }),
});
export type UpsSettings = Static<typeof UpsSettings>;

export const settings = { ups: Type.Array(UpsSettings, { default: [] }) };
