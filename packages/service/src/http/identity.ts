import type { Role as RoleSchema } from '@huismeester/contracts';
import type { Static } from 'typebox';

export type Role = Static<typeof RoleSchema>;

/** Who makes a request; `name` stands behind every act in the log. */
export interface Identity {
  readonly roles: readonly Role[];
  readonly name: string;
  /** The id of the person; undefined for a token, a service and root on this machine. */
  readonly person?: string;
}

/** Which roles may use a route; every route says it in `config.roles`. */
export type Allowed = readonly Role[] | 'anyone';

declare module 'fastify' {
  interface FastifyContextConfig {
    roles?: Allowed;
    /** Only a person may do it (a vote, a VM of one's own): a token that is nobody's gets `person-required`. */
    person?: true;
  }
  interface FastifyRequest {
    /** Throws on a route for `anyone`, where nobody has said who they are. */
    readonly who: Identity;
  }
}
