import type { PersonId, ServiceAccount } from '@huismeester/contracts';
import { aggregate, type Made } from '@huismeester/events';
import { knownAccount } from '../schema.ts';

/** Whose an account is, by somebody of the team: a person’s, or no person’s. */
interface KnownAccount {
  readonly since: Date;
  readonly person: PersonId | null;
  readonly service: ServiceAccount | null;
}
type KnownEvent =
  | Made<'known-account.assigned'>
  | Made<'known-account.registered'>
  | Made<'known-account.forgotten'>;

export const knownAccounts = aggregate({
  kind: 'known-account',
  table: knownAccount,
  initial: undefined,
  evolve(_: KnownAccount | undefined, event: KnownEvent): KnownAccount | undefined {
    const { type, time: since } = event;
    if (type === 'known-account.forgotten') return undefined;
    if (type === 'known-account.assigned') return { since, person: event.data.person, service: null };
    const { account: __, ...service } = event.data;
    return { since, person: null, service };
  },
});
