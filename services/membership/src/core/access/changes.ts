import type { AccountId, AdminRight, PersonId } from '@huismeester/contracts';

/** An account with admin rights on core, as it is kept: without its name. */
export interface Account {
  readonly id: AccountId;
  readonly kind: 'user' | 'token' | 'member';
  readonly person: PersonId | null;
  readonly builtIn: 'root' | 'own-token' | 'own-user' | null;
  readonly asleep: boolean;
  readonly rights: readonly AdminRight[];
}

/** An account that is kept already. */
export interface KeptAccount extends Account {
  /** Complete reads in a row that do not show it. */
  readonly missed: number;
}

/** What a complete read changes. */
export interface Changes<A extends Account> {
  /** New, or not as they were. */
  readonly found: readonly A[];
  /** As they were; those that were missed are seen again. */
  readonly same: readonly A[];
  /** Not there for the first time: they stay. */
  readonly missed: readonly AccountId[];
  /** Not there twice in a row. */
  readonly gone: readonly AccountId[];
}

/** Compares a complete read with what is kept. One read without an account ends nothing: it may have been changed in that moment. */
export function compare<A extends Account>(kept: readonly KeptAccount[], read: readonly A[]): Changes<A> {
  const before = new Map(kept.map((each) => [each.id, each]));
  const there = new Set(read.map(({ id }) => id));
  const isSame = (each: A) => {
    const known = before.get(each.id);
    return known !== undefined && textOf(known) === textOf(each);
  };
  const absent = kept.filter(({ id }) => !there.has(id));
  return {
    found: read.filter((each) => !isSame(each)),
    same: read.filter(isSame),
    missed: absent.filter(({ missed }) => missed === 0).map(({ id }) => id),
    gone: absent.filter(({ missed }) => missed > 0).map(({ id }) => id),
  };
}

function textOf({ kind, person, builtIn, asleep, rights }: Account): string {
  return JSON.stringify([
    kind,
    person,
    builtIn,
    asleep,
    rights.map(({ on, privileges, by }) => [on, privileges, by]),
  ]);
}
