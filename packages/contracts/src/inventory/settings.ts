import { type Static, Type } from 'typebox';
import { closedObject, durationOr, Pem, Secret, Url } from '../define.ts';

const Wiki = closedObject(
  {
    api: Url('https?', 'the wiki’s api.php, such as https://hackalot.nl/api.php'),
    ca: Type.Optional(Pem),
    contact: Type.Optional(
      Type.String({
        minLength: 3,
        maxLength: 200,
        pattern: '^[\\x21-\\x7e]+$',
        description:
          'where the wiki’s administrators reach you, a URL or mail address: it stands in the User-Agent; left out: http.publicUrl',
      }),
    ),
    bot: Type.Optional(
      closedObject({
        username: Type.String({
          pattern: '^[^@\\s]+@[^@\\s]+$',
          description: 'of Special:BotPasswords, such as Huismeester@huismeester',
        }),
        password: Secret,
      }),
    ),
    writes: Type.Enum(['off', 'pages'] as const, {
      default: 'off',
      description: '`pages`: `huismeester design new` may make a page; what is there is never changed',
    }),
    users: Type.Enum(['own', 'directory'] as const, {
      default: 'own',
      description:
        '`directory`: a user of the wiki is the person of the directory with that uid; `own`: the team says whose an account is',
    }),
    every: durationOr(
      '24h',
      'how often the pages of design decisions and of the policy are looked at; 1h to 7d',
    ),
  },
  'the wiki with the design decisions (CORE-5, SPACE-6)',
);
export type WikiSettings = Static<typeof Wiki>;

export const settings = { wiki: Type.Optional(Wiki) };
