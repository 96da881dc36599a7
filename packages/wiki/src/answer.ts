import { type Static, type TSchema, Type } from 'typebox';
import { Value } from 'typebox/value';
import type { Body } from './transport.ts';
import { WikiTrouble } from './trouble.ts';

const Flag = Type.Optional(Type.Boolean());

/** A page of `prop=info|revisions` (formatversion 2); also one that is none. */
export const Page = Type.Object({
  pageid: Type.Optional(Type.Integer()),
  ns: Type.Optional(Type.Integer()),
  title: Type.Optional(Type.String()),
  missing: Flag,
  invalid: Flag,
  special: Flag,
  redirect: Flag,
  revisions: Type.Optional(
    Type.Array(
      Type.Object({
        revid: Type.Integer({ minimum: 1 }),
        timestamp: Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ$' }),
        slots: Type.Optional(
          Type.Object({ main: Type.Optional(Type.Object({ content: Type.Optional(Type.String()) })) }),
        ),
      }),
    ),
  ),
});
export type Page = Static<typeof Page>;

const list = <S extends TSchema>(item: S) => Type.Optional(Type.Array(item));

/** An answer to `titles=` or `pageids=`, as far as it is read. */
export const PagesAnswer = Type.Object({
  query: Type.Optional(
    Type.Object({
      normalized: list(Type.Object({ fromencoded: Flag, from: Type.String(), to: Type.String() })),
      interwiki: list(Type.Object({ title: Type.String() })),
      redirects: list(
        Type.Object({ from: Type.String(), to: Type.String(), tointerwiki: Type.Optional(Type.String()) }),
      ),
      pages: list(Page),
    }),
  ),
});
export type PagesQuery = NonNullable<Static<typeof PagesAnswer>['query']>;

/** What `meta=siteinfo` says, as far as it is read. */
export const SiteAnswer = Type.Object({
  query: Type.Object({
    general: Type.Object({
      server: Type.String(),
      articlepath: Type.String({ pattern: '\\$1' }),
      scriptpath: Type.String(),
      mainpage: Type.String(),
    }),
    namespaces: Type.Record(
      Type.String(),
      Type.Object({
        id: Type.Integer(),
        name: Type.String(),
        canonical: Type.Optional(Type.String()),
        content: Flag,
      }),
    ),
    namespacealiases: Type.Array(Type.Object({ id: Type.Integer(), alias: Type.String() })),
  }),
});

export const UsersAnswer = Type.Object({
  query: Type.Object({
    allusers: Type.Array(
      Type.Object({
        name: Type.String({ minLength: 1 }),
        groups: Type.Array(Type.String()),
        blockid: Type.Optional(Type.Unknown()),
        blockpartial: Flag,
      }),
    ),
  }),
});

/** `logintoken` and `csrftoken`. */
export const TokensAnswer = Type.Object({
  query: Type.Object({ tokens: Type.Record(Type.String(), Type.String()) }),
});

export const LoginAnswer = Type.Object({ login: Type.Object({ result: Type.String() }) });

export const RightsAnswer = Type.Object({
  query: Type.Object({ userinfo: Type.Object({ rights: Type.Array(Type.String()) }) }),
});

export const EditAnswer = Type.Object({
  edit: Type.Object({
    result: Type.String(),
    pageid: Type.Optional(Type.Integer()),
    newrevid: Type.Optional(Type.Integer()),
  }),
});

const Continued = Type.Object({
  continue: Type.Optional(Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()]))),
});

/** The answer, if it is of that shape. Throws {@link WikiTrouble} otherwise: it is none that MediaWiki gives. */
export function answerOf<S extends TSchema>(schema: S, body: Body): Static<S> {
  if (Value.Check(schema, body)) return body;
  throw new WikiTrouble('the wiki gives an answer that MediaWiki’s API does not give');
}

/** What is to be sent for the rest of an answer; undefined when it was the last part. */
export function continueOf(body: Body): Record<string, string> | undefined {
  const { continue: more } = answerOf(Continued, body);
  return more && Object.fromEntries(Object.entries(more).map(([name, value]) => [name, String(value)]));
}
