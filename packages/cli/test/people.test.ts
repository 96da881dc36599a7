import { readFile, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { type TempDir, tempDir } from '@huismeester/testkit';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { answering, list, problem } from './answering.ts';
import { runCli } from './run-cli.ts';

const since = '2026-11-22T12:00:00.000Z';
const jan = {
  id: '5f0c1d2e-7a3b-4c4d-9e5f-0a1b2c3d4e5f',
  uid: 'jan',
  enabled: true,
  roles: [],
  groups: [],
  since,
};
const piet = { ...jan, id: '6f0c1d2e-7a3b-4c4d-9e5f-0a1b2c3d4e5f', uid: 'Piet', tookUidOf: jan.id };

const unknownId = '7f0c1d2e-7a3b-4c4d-9e5f-0a1b2c3d4e5f';
const change = {
  id: 'c/1',
  parts: [{ what: 'people', gone: 12, of: 25, people: [jan.id, piet.id, unknownId] }],
};
const directory = {
  kind: 'ldap',
  state: 'unknown',
  since,
  reason: 'too-much-gone',
  change,
  people: 25,
  disabled: 0,
  skipped: 0,
  groups: [],
  writes: 'off',
};

/** Serves these people, and takes whatever is sent. */
function server() {
  return answering((path, method) => {
    if (method !== 'GET') return path.endsWith('/read') ? { body: directory } : { status: 204 };
    if (path.startsWith('/api/v1/people')) return list(jan, piet);
    if (path.startsWith('/api/v1/directory')) return { body: directory };
    return list();
  });
}

describe('people', () => {
  it('are found by uid in any case, and by id', async () => {
    const { ran } = await server();
    for (const reference of ['jan', 'PIET', piet.id]) {
      const { code, stdout } = await ran(['people', 'show', reference, '--json']);
      expect(code).toBe(0);
      expect(JSON.parse(stdout).id).toBe(reference === 'jan' ? jan.id : piet.id);
    }
  });

  it('who are not there are told from who was meant', async () => {
    const { ran } = await server();
    expect(await ran(['people', 'show', 'piit'])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('did you mean Piet?'),
    });
    expect(await ran(['people', 'show', 'someone-else'])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('huismeester people'),
    });
  });

  it('who have the uid of another are confirmed; others are not', async () => {
    const { ran, asked } = await server();
    expect((await ran(['people', 'confirm', 'piet'])).code).toBe(0);
    expect(asked.at(-1)).toMatchObject({ method: 'POST', path: `/api/v1/people/${piet.id}/confirmation` });
    const before = asked.length;
    expect((await ran(['people', 'confirm', 'jan'])).code).toBe(1);
    expect(asked.slice(before).map(({ method }) => method)).toEqual(['GET']);
  });
});

describe('team start', () => {
  it('sends ids', async () => {
    const { ran, asked } = await server();
    expect((await ran(['team', 'start', 'jan', 'piet', '--board', 'JAN'])).code).toBe(0);
    const sent = asked.find(({ method }) => method === 'POST');
    expect(sent).toMatchObject({ path: '/api/v1/team', body: { people: [jan.id, piet.id], board: jan.id } });
  });

  it.each([
    [['jan', 'nobody', '--board', 'jan'], 1],
    [['jan'], 64],
    [['--board', 'jan'], 64],
  ])('changes nothing for %j', async (args, expected) => {
    const { ran, asked } = await server();
    expect((await ran(['team', 'start', ...args])).code).toBe(expected);
    expect(asked.filter(({ method }) => method !== 'GET')).toEqual([]);
  });
});

describe('directory', () => {
  it('accept sends the change that it showed', async () => {
    const { ran, asked } = await server();
    const { code, stdout } = await ran(['directory', 'accept', '--yes']);
    expect(code).toBe(0);
    expect(stdout).toContain('12 of 25');
    expect(stdout).toContain(`${unknownId}, jan, Piet, and 9 more`);
    expect(asked.at(-1)).toMatchObject({
      method: 'POST',
      path: '/api/v1/directory/acceptance',
      body: { change: 'c/1' },
    });
  });

  it('accept without a terminal takes --yes: nobody has looked at who is gone', async () => {
    const { ran, asked } = await server();
    const { code, stdout, stderr } = await ran(['directory', 'accept']);
    expect(code).toBe(1);
    expect(stdout).toContain('jan, Piet, and 9 more');
    expect(stderr).toContain('huismeester directory accept --yes');
    expect(JSON.parse((await ran(['directory', 'accept', '--json'])).stdout)).toMatchObject({
      accepted: false,
    });
    expect(asked.filter(({ method }) => method !== 'GET')).toEqual([]);
  });

  it('shows who is gone', async () => {
    const { ran } = await server();
    expect((await ran(['directory'])).stdout).toContain(`${unknownId}, jan, Piet, and 9 more`);
  });

  it('accept asks at a terminal', async () => {
    const { ran, asked } = await server();
    let question = '';
    const ask = async (text: string) => {
      question = text;
      return 'n';
    };
    expect(await ran(['directory', 'accept'], { ask })).toMatchObject({
      code: 0,
      stdout: 'Nothing was accepted.\n',
    });
    expect(question).toContain('12 of 25');
    expect(question).toContain('jan, Piet');
    expect(asked.map(({ method }) => method)).toEqual(['GET', 'GET']);
    await ran(['directory', 'accept'], { ask: async () => 'y' });
    expect(asked.at(-1)).toMatchObject({ method: 'POST' });
  });

  it('read and confirm are said to the server', async () => {
    const { ran, asked } = await server();
    expect((await ran(['directory', 'read', '--lang', 'nl'])).stdout).toContain('onbekend');
    expect((await ran(['directory', 'confirm'])).code).toBe(0);
    expect((await ran(['directory', '--lang', 'nl'])).stdout).toContain('onbekend');
    const sent = asked.filter(({ path }) => path.startsWith('/api/v1/directory'));
    expect(sent.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /api/v1/directory/read',
      'POST /api/v1/directory/confirmation',
      'GET /api/v1/directory',
    ]);
  });
});

describe('with files', () => {
  let dir: TempDir;
  beforeEach(async () => {
    dir = await tempDir('people');
  });
  afterEach(() => dir.remove());

  it('preferences set changes what is named and leaves the rest', async () => {
    const before = { language: 'nl', notices: 'none', holiday: { from: '2026-12-01', until: '2026-12-02' } };
    const { ran, asked } = await answering((_, method) => ({ body: method === 'GET' ? before : {} }));
    const key = `ssh-ed25519 ${'A'.repeat(40)}`;
    await writeFile(join(dir.path, 'k.pub'), `${key} jan@box\n`);
    const args = ['--holiday', 'none', '--notices', 'default', '--ssh-key-file', 'k.pub'];
    const { code } = await ran(['preferences', 'set', ...args], { cwd: dir.path });
    expect(code).toBe(0);
    expect(asked.at(-1)).toMatchObject({ method: 'PUT', path: '/api/v1/me/preferences' });
    expect(asked.at(-1)?.body).toEqual({ language: 'nl', sshKeys: [key] });
    expect((await ran(['preferences', 'set'])).code).toBe(64);
  });

  it('preferences set changes what it read, and reads again what changed meanwhile', async () => {
    const versions = [{ language: 'en' }, { language: 'en', notices: 'none' }];
    let reads = 0;
    const { ran, asked } = await answering((_, method) => {
      if (method === 'GET') return { body: versions[Math.min(reads++, 1)], headers: { etag: `"v${reads}"` } };
      return asked.at(-1)?.ifMatch === '"v2"' ? { body: {} } : problem(412, 'stale');
    });
    const { code, stderr } = await ran(['preferences', 'set', '--language', 'nl']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining('read again') });
    const puts = asked.filter(({ method }) => method === 'PUT');
    expect(puts).toMatchObject([
      { ifMatch: '"v1"', body: { language: 'nl' } },
      { ifMatch: '"v2"', body: { language: 'nl', notices: 'none' } },
    ]);
    expect((await ran(['preferences', 'set', '--language', 'nl'])).stderr).toContain('stale');
  });

  it('whoami --export writes what is kept to a file of one’s own', async () => {
    const { ran, asked } = await answering(() => ({ body: { format: 'x', person: { id: jan.id } } }));
    expect((await ran(['whoami', '--export', 'me.json'], { cwd: dir.path })).code).toBe(0);
    expect(asked).toMatchObject([{ path: '/api/v1/me/export' }]);
    const file = join(dir.path, 'me.json');
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({ format: 'x', person: { id: jan.id } });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('--as goes to the local socket as a header, and to no URL', async () => {
    const seen: unknown[] = [];
    const socket = join(dir.path, 'h.sock');
    const local = createServer(({ headers }, response) => {
      seen.push(headers['act-as']);
      response
        .setHeader('content-type', 'application/json')
        .end(JSON.stringify({ name_in_log: 'local:root', roles: ['administrator'] }));
    });
    onTestFinished(() => void local.close().closeAllConnections());
    await new Promise<void>((resolve) => local.listen(socket, resolve));
    const { code } = await runCli(['whoami', '--socket', socket, '--as', 'jürgen']);
    expect({ code, seen }).toEqual({ code: 0, seen: ['j%C3%BCrgen'] });
    const { ran, asked } = await server();
    expect((await ran(['whoami', '--as', 'jan'])).code).toBe(64);
    expect(asked).toEqual([]);
  });
});

it('violations says how many are not for this role to read', async () => {
  const counts = list({ kind: 'a', clause: 'TEAM-1', severity: 'warning', open: 2, accepted: 0 });
  const { ran } = await answering((path) => (path.startsWith('/api/v1/violations/counts') ? counts : list()));
  expect(await ran(['violations'])).toEqual({
    code: 0,
    stdout: 'You may read none of them.\n',
    stderr: expect.stringContaining('2 more are about people'),
  });
  // A Huismeester without the counts.
  const older = await answering((path) => (path.includes('counts') ? problem(404, 'no-such-route') : list()));
  expect(await older.ran(['violations'])).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('Everything'),
    stderr: '',
  });
});

it('next leaves out what is not for this role', async () => {
  const { ran } = await answering((path) =>
    path.startsWith('/api/v1/clauses') ? list() : problem(403, 'not-allowed'),
  );
  const { code, stderr } = await ran(['next']);
  expect(code).toBe(0);
  expect(stderr).toContain('violations: not for this role');
});

describe('violations about people', () => {
  const about = (id: string) => ({
    violation: `v-${id.slice(0, 1)}`,
    kind: 'team-differs',
    severity: 'warning',
    clause: 'TEAM-1',
    about: `person/${id}`,
    reason: `it was of person/${jan.id}`,
    reasons: [],
    evidence: [],
    since,
  });
  const gone = '7f0c1d2e-7a3b-4c4d-9e5f-0a1b2c3d4e5f';
  const serve = (people: ReturnType<typeof list>) =>
    answering((path) => {
      if (path.startsWith('/api/v1/people')) return people;
      return path.startsWith('/api/v1/violations?')
        ? list(about(piet.id), about(gone))
        : problem(404, 'no-such-route');
    });

  it('name them by uid, and by id where they are not known', async () => {
    const { ran } = await serve(list(jan, piet));
    const { stdout } = await ran(['violations']);
    expect(stdout).toContain('person Piet');
    expect(stdout).toContain('it was of person jan');
    expect(stdout).toContain(`person/${gone}`);
    expect(JSON.parse((await ran(['violations', '--json'])).stdout)[0].about).toBe(`person/${piet.id}`);
    const next = (await ran(['next'])).stdout;
    expect(next).toContain('person Piet is not as TEAM-1 wants it');
    expect(next).toContain('huismeester team show Piet');
    expect(next).toContain(`huismeester team show ${gone}`);
  });

  it('are shown to who may not see people', async () => {
    const { ran } = await serve(problem(403, 'not-allowed'));
    const { code, stdout } = await ran(['violations']);
    expect(code).toBe(0);
    expect(stdout).toContain(`person/${piet.id}`);
  });
});
