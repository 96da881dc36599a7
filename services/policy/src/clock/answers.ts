import type { AnswersOf } from '@huismeester/contracts';
import type { Database } from '@huismeester/database';
import type { Clock } from '@huismeester/service';
import { eq } from 'drizzle-orm';
import { theClock } from '../facts/clock.ts';
import { clock as table } from '../schema.ts';

interface Deps {
  readonly database: Database;
  readonly clock: Clock;
  /** Whether the clock was compared with the newest event once since the start: before that nobody knows. */
  readonly isLooked: () => boolean;
}

/** What policy answers when other services ask of the civil clock. */
export function answersOf({ database, clock, isLooked }: Deps): AnswersOf<'policy'> {
  return {
    async clock() {
      const [row] = await database.orm.select().from(table).where(eq(table.key, theClock));
      return {
        believed: isLooked() && row?.state.insane === undefined,
        now: clock.now().toISOString(),
      };
    },
  };
}
