import { type No, no, type PersonId } from '@huismeester/contracts';
import type { Team } from '../team.ts';

/** What was typed to confirm an act that ends BOARD-1. */
export interface Typed {
  /** As it was typed; undefined: nothing was. */
  readonly confirm: string | undefined;
  /** What has to be typed: the login name of whom it is about, or their id where names are not known. */
  readonly expected: string;
  /** Compares two of these as the directory does. */
  readonly isSame: (one: string, other: string) => boolean;
}

/** Whether nobody of the board would be in the team any more without this person (BOARD-1). */
export function endsBoard(person: PersonId, { board }: Pick<Team, 'board'>): boolean {
  return board.size === 1 && board.has(person);
}

/**
 * An act that takes the only board member out of the team is refused until the name is typed; it is not refused then: people may leave, and the
 * board may decide (BOARD-1).
 */
export function needsName(
  person: PersonId,
  team: Pick<Team, 'board'>,
  { confirm, expected, isSame }: Typed,
): No | undefined {
  if (!endsBoard(person, team) || (confirm !== undefined && isSame(confirm, expected))) return undefined;
  return no('ends-board', 'Nobody of the board would be in the team any more', {
    clause: 'BOARD-1',
    errors: [
      {
        field: 'body.confirm',
        found: confirm ?? 'nothing',
        allowed: `the login name of the person, typed: ${expected}`,
      },
    ],
  });
}
