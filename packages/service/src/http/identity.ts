import type { Grant, Role as RoleSchema } from '@huismeester/contracts';
import type { Static } from 'typebox';

export type Role = Static<typeof RoleSchema>;

/** Who makes a request; `name` stands behind every act in the log. */
export interface Identity {
  readonly roles: readonly Role[];
  readonly name: string;
  /** The id of the person; undefined for a token that is nobody's, a service, and root on this machine unless for somebody. */
  readonly person?: string;
  /** The id of the session: the person logged in. */
  readonly session?: string;
  /** What somebody on trial may act on, and has not ended (JOIN-3); missing where there is nothing. */
  readonly grants?: readonly Grant[];
  /** There only when the last complete read of the directory is too long ago for it to say what the person may; they have no roles then. */
  readonly directory?: { readonly lastRead: Date | undefined };
}

/**
 * Which roles may use a route, or whoever says who they are, with any role or none, or anyone; every route says it in
 * `config.roles`. `anyone-known`: anyone, and the route looks at who they say they are, if they say so (`request.asker`).
 */
export type Allowed = readonly Role[] | 'identified' | 'anyone' | 'anyone-known';

/**
 * Only a person may do it (a vote, a VM of one's own): a token that is nobody's gets `person-required`. `session`: not with a token of theirs
 * either, which may be worth less than they are and lie about somewhere (`session-required`).
 */
export type PersonOnly = true | 'session';

declare module 'fastify' {
  interface FastifyContextConfig {
    roles?: Allowed;
    person?: PersonOnly;
  }
  interface FastifyRequest {
    /** Throws on a route for `anyone`, where nobody has said who they are. */
    readonly who: Identity;
    /** Who asks, on a route for `anyone-known`; undefined where nobody has said so. */
    readonly asker: Identity | undefined;
    /** Who asks, as of now: for an answer that goes on for long. Undefined once they may not be here any more. */
    identifyAgain(): Promise<Identity | undefined>;
  }
}
