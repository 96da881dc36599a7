import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const maxBuffer = 64 * 1024 * 1024;

/** What libpq's programs need to find a database; every time is written in UTC. */
function place(url: string) {
  const { hostname, port, username, pathname } = new URL(url);
  return {
    ...process.env,
    PGHOST: hostname,
    PGPORT: port,
    PGUSER: username,
    PGDATABASE: pathname.slice(1),
    PGTZ: 'UTC',
  };
}

/** The whole database as SQL, a row a statement. */
export async function dump(url: string): Promise<string> {
  const args = ['--inserts', '--no-owner', '--no-privileges'];
  const { stdout } = await run('pg_dump', args, { env: place(url), maxBuffer });
  return stdout;
}

/** Runs statements, and answers what they select: a row a line, columns between `|`. Throws at the first that fails. */
export async function execute(url: string, statements: string): Promise<string[]> {
  const args = ['-XAtq', '-v', 'ON_ERROR_STOP=1'];
  const running = run('psql', args, { env: place(url), maxBuffer });
  running.child.stdin?.end(statements);
  const { stdout } = await running;
  return stdout.split('\n').filter((line) => line !== '');
}
