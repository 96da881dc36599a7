import type { Role as RoleSchema } from '@huismeester/contracts';
import type { Static } from 'typebox';

export type Role = Static<typeof RoleSchema>;

/** Who makes a request; `name` stands behind every act in the log. */
export interface Identity {
  readonly role: Role;
  readonly name: string;
}

/** Which roles may use a route; every route says it in `config.roles`. */
export type Allowed = readonly Role[] | 'anyone';

declare module 'fastify' {
  interface FastifyContextConfig {
    roles?: Allowed;
  }
  interface FastifyRequest {
    /** Throws on a route for `anyone`, where nobody has said who they are. */
    readonly who: Identity;
  }
}
