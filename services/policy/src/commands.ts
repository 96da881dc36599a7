import type { Database, Tx } from '@huismeester/database';
import { afterCommit } from '@huismeester/database';
import { isRefusal, type Refusal } from '@huismeester/events';
import { Problem } from '@huismeester/service';

const statusOf: Readonly<Record<string, number>> = {
  'not-found': 404,
  exists: 409,
  stale: 412,
  'no-such-target': 404,
};

/** Runs a command in a transaction of its own; a refusal has written nothing and becomes a problem. `changed` runs after the commit. */
export async function command<Done>(
  { database, changed }: { database: Database; changed: () => void },
  work: (tx: Tx) => Promise<Done | Refusal>,
): Promise<Done> {
  const done = await database.transaction(async (tx) => {
    const answer = await work(tx);
    if (!isRefusal(answer)) afterCommit(tx, changed, changed);
    return answer;
  });
  if (!isRefusal(done)) return done;
  const { code, title, clause, errors } = done;
  throw new Problem(statusOf[code] ?? 400, code, title, {
    ...(clause !== undefined && { clause }),
    ...(errors && { errors }),
  });
}
