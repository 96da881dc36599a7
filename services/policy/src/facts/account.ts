import type { AccountEntity, AdminRight, EventOf } from '@huismeester/contracts';

/**
 * An account with admin rights on core (CORE-4), from membership's events alone. Kept by its id; its name is nowhere. One that two complete reads
 * do not show is forgotten.
 */
export interface AccountFact {
  readonly account: string;
  readonly source: string;
  readonly kind: AccountEntity['kind'];
  /** Whose it is, by the directory. */
  readonly person?: string;
  /** root@pam, or Huismeester's own. */
  readonly builtIn?: NonNullable<AccountEntity['built_in']>;
  /** Disabled or expired. */
  readonly asleep: boolean;
  readonly rights: readonly AdminRight[];
  /** Not seen now (facts/unseen.ts), so all else is what was last known. Never stored. */
  readonly unseen?: true;
}

export type AccountEvent = EventOf<'account.found' | 'account.gone'>;

/** Folds one of membership's events into what is known of an account; undefined: it is gone. */
export function evolveAccount(event: AccountEvent): AccountFact | undefined {
  return event.type === 'account.found' ? accountFrom(event.data) : undefined;
}

/** The account as membership's snapshot has it: as its last `account.found`. */
export function accountFrom(entity: AccountEntity): AccountFact {
  const { account, source, kind, person, built_in, asleep, rights } = entity;
  return {
    account,
    source,
    kind,
    ...(person !== undefined && { person }),
    ...(built_in !== undefined && { builtIn: built_in }),
    asleep,
    rights,
  };
}
