import { randomUUID } from 'node:crypto';
import type { Grant } from '@huismeester/contracts';
import type { Role, ServiceContext } from '@huismeester/service';
import type { Facts } from './facts.ts';

/** Somebody who has logged in. */
export interface Someone {
  readonly person: string;
  readonly secret: string;
}

/** The same source, and with it whoever logs in: what membership would have written of them. */
export function withLogins(source: Facts): {
  readonly source: Facts;
  logIn(...roles: readonly Role[]): Promise<Someone>;
  /** Somebody on trial, to whom this was granted. */
  logInOnTrial(...grants: readonly Grant[]): Promise<Someone>;
  /** Ends all their sessions. */
  logOut(who: Someone): Promise<void>;
} {
  let context: ServiceContext | undefined;
  return {
    source: {
      ...source,
      create: async (given) => {
        context = given;
        return await source.create(given);
      },
    },
    logIn: (...roles) => logInWith(roles, []),
    logInOnTrial: (...grants) => logInWith(['participant', 'trial'], grants),
    async logOut({ person }) {
      if (!context) throw new Error('the source was not created');
      const { database, access } = context;
      const sessions = await access.sessions.of(person);
      await database.transaction(async (tx) => {
        for (const { id } of sessions) await access.sessions.end(tx, person, id);
      });
    },
  };

  async function logInWith(roles: readonly Role[], grants: readonly Grant[]): Promise<Someone> {
    if (!context) throw new Error('the source was not created');
    const { database, access } = context;
    const person = randomUUID();
    return await database.transaction(async (tx) => {
      await access.people.readWhole(tx, new Date());
      await access.people.save(tx, [{ id: person, uidHash: person, roles, grants }]);
      const { secret } = await access.sessions.create(tx, person);
      return { person, secret };
    });
  }
}
