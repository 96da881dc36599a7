import { readFile } from 'node:fs/promises';
import { openDatabase, statement } from '@huismeester/database';

/** Of a clock tick in /proc/<pid>/stat: Linux fixes it at 100 Hz for user space (proc(5), sysconf(_SC_CLK_TCK)). */
const msPerTick = 10;

/** What a process and its database have done until now. */
interface Counted {
  /** Of all cores, user and system, ms. */
  readonly cpuMs: number;
  /** Rows inserted, updated or deleted. */
  readonly written: number;
  readonly commits: number;
}

export async function counted(url: string, pid: number): Promise<Counted> {
  const database = await openDatabase({ url }, {});
  try {
    // The counters of the server are a second old at most; those of before the question are enough.
    const [row] = await database.transaction((tx) =>
      statement<{ written: number | string; commits: number | string }>(
        tx,
        `select coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0) as written,
          (select xact_commit from pg_stat_database where datname = current_database()) as commits
          from pg_stat_user_tables`,
        [],
      ),
    );
    return { written: Number(row?.written), commits: Number(row?.commits), cpuMs: await cpuMs(pid) };
  } finally {
    await database.close();
  }
}

/** What the process took of all cores since it began, user and system, ms. */
async function cpuMs(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  // The name in brackets may hold spaces; utime and stime are fields 14 and 15.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * msPerTick;
}
