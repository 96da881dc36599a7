import { type Static, Type } from 'typebox';
import { closed, Duration, Host, Pem, Secret } from '../define.ts';
import { Id } from '../words.ts';

const UpsSettings = Type.Object(
  {
    id: Id,
    upsd: Type.Object(
      {
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
      },
      closed,
    ),
    poll: Type.Object(
      {
        status: Type.String({ ...Duration, default: '500ms' }),
        variables: Type.String({ ...Duration, default: '5s' }),
      },
      { ...closed, default: {} },
    ),
  },
  closed,
);
export type UpsSettings = Static<typeof UpsSettings>;

export const settings = { ups: Type.Array(UpsSettings, { default: [] }) };
