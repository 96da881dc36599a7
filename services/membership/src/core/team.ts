import type { PersonId } from '@huismeester/contracts';

/** Who decides about the team now, by the register and the last complete read of the directory. */
export interface Team {
  /** Full members, by the register alone: who administers the directory cannot make them fewer (JOIN-1). */
  readonly full: ReadonlySet<PersonId>;
  /** Board members in the team, on trial or full, whose account is there and enabled (JOIN-2, BOARD-1). */
  readonly board: ReadonlySet<PersonId>;
  /** Everybody of the board whose account is there and enabled, in the team or not. */
  readonly ofBoard: ReadonlySet<PersonId>;
}
