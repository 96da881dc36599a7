import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Postgres, skipWithout, startPostgres, type TempDir, tempDir } from '@huismeester/testkit';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from './run-cli.ts';

describe.skipIf(skipWithout('postgres'))('check-config --connect asks the database', () => {
  let server: Postgres;
  let dir: TempDir;
  let url: string;
  beforeAll(async () => {
    [server, dir] = await Promise.all([startPostgres({ fsync: false }), tempDir('check-database')]);
    url = await server.createDatabase();
  });
  afterAll(async () => {
    await Promise.all([server.close(), dir.remove()]);
  });

  async function check(database: string) {
    const text = `site: { id: test, name: Test }\nbroker: { embedded: {} }\ndatabase: { url: "${database}" }\n`;
    await writeFile(join(dir.path, 'space.yaml'), text);
    const ran = await runCli(['check-config', '--connect'], { cwd: dir.path });
    expect(`${ran.stdout}${ran.stderr}`).not.toContain('hunter2');
    return ran;
  }

  it('and names each thing that would keep services from starting, or lose their data', async () => {
    const { code, stdout } = await check(url);
    expect(code).toBe(1);
    expect(stdout).toContain('ok   database: PostgreSQL answers and lets us in\n');
    expect(stdout).toMatch(/ok {3}database: \S+ may make schemas in \S+\n/);
    expect(stdout).toContain('ok   database: it can be written to\n');
    expect(stdout).toContain('no   database: it survives a power cut: fsync is off');
  });

  it('with the one grant that a user lacks', async () => {
    const admin = postgres(url, { max: 1 });
    await admin.unsafe(`create role visitor login password 'hunter2'`);
    await admin.end();
    const visitor = Object.assign(new URL(url), { username: 'visitor', password: 'hunter2' });
    const { code, stdout } = await check(visitor.href);
    expect(code).toBe(1);
    expect(stdout).toMatch(/may make schemas in \S+: not granted, so no service can start\n/);
    expect(stdout).toMatch(/GRANT CREATE ON DATABASE "\S+" TO "visitor";\n/);
  });

  it('and says what is wrong where nothing answers, or the database is not there', async () => {
    const missing = Object.assign(new URL(url), { pathname: '/nothing' });
    expect((await check(missing.href)).stdout).toContain('has no database "nothing": make it with createdb');
    const nowhere = 'postgres://huismeester:hunter2@127.0.0.1:1/huismeester';
    const { code, stdout } = await check(nowhere);
    expect(code).toBe(1);
    expect(stdout).toContain('no   database: PostgreSQL answers and lets us in: ');
  });
});
