import type { ViolationCount } from '@huismeester/contracts';
import type { violation } from '../schema.ts';

type Row = Pick<typeof violation.$inferSelect, 'kind' | 'accepted'> & {
  readonly found: Pick<typeof violation.$inferSelect.found, 'clause' | 'severity'>;
};

/** How many of these violations there are by kind, clause and severity: nothing in it says what or whom they are about. */
export function countsOf(open: readonly Row[]): ViolationCount[] {
  const groups = Map.groupBy(open, ({ kind, found }) => JSON.stringify([kind, found.clause, found.severity]));
  return [...groups.values()].flatMap((rows) => {
    const [first] = rows;
    if (!first) return [];
    const { clause, severity } = first.found;
    const accepted = rows.filter((row) => row.accepted !== null).length;
    return [{ kind: first.kind, clause, severity, open: rows.length, accepted }];
  });
}
