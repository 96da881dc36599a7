import { type Static, Type } from 'typebox';
import { closedObject, Pem, Secret, section, Url } from '../define.ts';

/** The mail server by which people are written to. */
export const Mail = Type.Optional(
  closedObject(
    {
      url: Url('smtps?', 'such as smtps://mail.space, or smtp://mail.space:587 with STARTTLS'),
      from: Type.String({
        pattern: '^[^\\r\\n]*[^@\\s<>]+@[^@\\s<>]+>?$',
        description: 'whose mail it is, such as "Huismeester <noreply@space.example>"',
      }),
      username: Type.Optional(Type.String({ minLength: 1 })),
      password: Type.Optional(Secret),
      ca: Type.Optional(Pem),
      requireTls: Type.Optional(
        Type.Boolean({
          description:
            'for smtp:// alone: nothing is sent without STARTTLS, verified; left out: unless the server is on this machine',
        }),
      ),
    },
    'without it nobody is written to, and no lease can end',
  ),
);

/** When those are sent that can wait. */
export const NoticeSchedule = section({
  digestAt: Type.String({
    pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$',
    default: '08:30',
    description: 'when the one of the day is sent, in the zone of the site',
  }),
});

const names = Type.Boolean({
  default: false,
  description: 'whether names of people stand in it; ids if not',
});

/** Where the team is written to beside mail. */
export const NoticeTargets = section({
  ntfy: Type.Optional(
    closedObject({
      url: Url('https?', 'such as https://ntfy.sh'),
      topic: Type.String({ pattern: '^[A-Za-z0-9_-]{1,64}$' }),
      token: Type.Optional(Secret),
    }),
  ),
  webhook: Type.Optional(
    closedObject({
      url: Url('https?', 'gets each notice to the team as JSON, by POST'),
      secret: Type.Optional(Secret),
      names,
    }),
  ),
});

export type MailSettings = NonNullable<Static<typeof Mail>>;
export type NoticeTargetSettings = Static<typeof NoticeTargets>;
