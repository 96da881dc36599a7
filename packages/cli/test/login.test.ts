import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TempDir, tempDir } from '@huismeester/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Answer, answering, list, problem } from './answering.ts';
import { type RunMore, runCli } from './run-cli.ts';

const password = 'correct horse';
const secret = 'hms_0123456789';
const person = '5f0c1d2e-7a3b-4c4d-9e5f-0a1b2c3d4e5f';
const opened = {
  id: 's1',
  created: '2026-11-22T12:00:00.000Z',
  expires: '2026-11-23T00:00:00.000Z',
  current: true,
  secret,
  person,
  roles: ['participant'],
};
let dir: TempDir;
let file: string;
beforeEach(async () => {
  dir = await tempDir('login');
  file = join(dir.path, 'cfg', 'huismeester', 'session.json');
});
afterEach(() => dir.remove());

const more = (others: RunMore = {}): RunMore => ({
  readInput: async () => `${password}\n`,
  ...others,
  env: { XDG_CONFIG_HOME: join(dir.path, 'cfg'), ...others.env },
});
const cli = async (args: string[], others: RunMore = {}) => {
  const ran = await runCli(args, more(others));
  expect(ran.stdout + ran.stderr).not.toContain(password);
  expect(ran.stdout + ran.stderr).not.toContain(secret);
  return ran;
};

/** A Huismeester that lets everybody in, but for what `others` answers first. */
function server(others: (path: string, method?: string) => Answer | undefined = () => undefined) {
  return answering((path, method) => {
    const other = others(path, method);
    if (other) return other;
    if (path.startsWith('/api/v1/sessions'))
      return method === 'POST' ? { status: 201, body: opened } : { status: 204 };
    return list();
  });
}

describe('login', () => {
  it('keeps the session for nobody else to read, and commands use it', async () => {
    const { url, asked } = await server();
    const { code, stdout } = await cli(['login', 'jan', '--url', url]);
    expect(code).toBe(0);
    expect(stdout).toContain('participant');
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({
      url: `${url}/`,
      secret,
      expires: opened.expires,
    });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await stat(join(file, '..'))).mode & 0o777).toBe(0o700);
    expect((await cli(['rules'])).code).toBe(0);
    expect(asked).toMatchObject([
      { method: 'POST', path: '/api/v1/sessions', body: { login: 'jan', password } },
      { method: 'GET', authorization: `Bearer ${secret}` },
    ]);
    expect(asked[0]).not.toHaveProperty('authorization');
  });

  it('asks at a terminal, with the password not shown, in Dutch', async () => {
    const { url, asked } = await server();
    const questions: string[] = [];
    const { stdout } = await cli(['login', '--url', url, '--lang', 'nl'], {
      ask: async (question) => {
        questions.push(question);
        return ' jan@x.nl ';
      },
      askSecret: async (question) => {
        questions.push(question);
        return password;
      },
    });
    expect(questions).toEqual([expect.stringContaining('mailadres'), expect.stringContaining('Wachtwoord')]);
    expect(asked).toMatchObject([{ body: { login: 'jan@x.nl', password } }]);
    expect(stdout).toContain('ingelogd');
    expect(stdout).toContain('Rollen: deelnemer.');
  });

  it.each([
    ['no place', ['login', 'jan'], {}],
    ['plain HTTP to another machine', ['login', 'jan', '--url', 'http://huismeester.test'], {}],
    ['nobody', ['login', '--url', 'https://huismeester.test'], {}],
    ['no password', ['login', 'jan', '--url', 'https://huismeester.test'], { readInput: async () => '\n' }],
    ['the local socket', ['login', 'jan', '--socket', '/run/h.sock'], {}],
    ['acting for another', ['login', 'jan', '--as', 'piet'], {}],
  ])('is refused for %s', async (_, args, others) => {
    const { code } = await cli(args, others);
    expect(code).toBe(64);
    await expect(stat(file)).rejects.toThrow('ENOENT');
  });

  it('over plain HTTP to another machine is refused before a password is asked for', async () => {
    const asked: string[] = [];
    const askSecret = async (question: string) => {
      asked.push(question);
      return password;
    };
    await cli(['login', 'jan', '--url', 'http://huismeester.test'], { askSecret });
    expect(asked).toEqual([]);
  });

  it.each([
    ['wrong-login', 401, 'nl', 'wachtwoord klopt niet'],
    ['too-many-logins', 429, 'nl', 'over 90 s'],
    ['too-many-logins', 429, 'en', 'in 90 s'],
    ['directory-unknown', 503, 'en', 'Try again later'],
    ['no-directory', 409, 'en', 'init --ldap'],
    ['plain-password', 403, 'nl', 'https://'],
  ])('says %s (%d, %s) in words, and keeps nothing', async (code, status, lang, words) => {
    const { url } = await server(() => ({ ...problem(status, code), headers: { 'retry-after': '90' } }));
    const ran = await cli(['login', 'jan', '--url', url, '--lang', lang]);
    expect(ran).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining(words) });
    await expect(stat(file)).rejects.toThrow('ENOENT');
    const json = await cli(['login', 'jan', '--url', url, '--json']);
    expect(JSON.parse(json.stderr)).toMatchObject({ status, code });
  });

  it('ends the session again where it cannot be kept', async () => {
    const { url, asked } = await server();
    await writeFile(join(dir.path, 'cfg'), '');
    const { code, stderr } = await cli(['login', 'jan', '--url', url]);
    expect(code).toBe(1);
    expect(stderr).toContain(join(dir.path, 'cfg'));
    expect(asked[1]).toMatchObject({
      method: 'DELETE',
      path: '/api/v1/sessions/current',
      authorization: `Bearer ${secret}`,
    });
  });

  const before = { secret: 'hms_before', expires: opened.expires };
  const keep = async (url: string, more: object = {}) => {
    await mkdir(join(file, '..'), { recursive: true });
    await writeFile(file, JSON.stringify({ ...before, url, ...more }), { mode: 0o600 });
  };

  it.each([
    ['ends', { status: 204 }],
    ['goes on where it cannot end', problem(500, 'broken')],
  ])('%s the session that it replaces', async (_, answer) => {
    const { url, asked } = await server((__, method) => (method === 'DELETE' ? answer : undefined));
    await keep(url);
    expect((await cli(['login', 'jan', '--url', url])).code).toBe(0);
    expect(asked).toMatchObject([
      { method: 'POST' },
      { method: 'DELETE', path: '/api/v1/sessions/current', authorization: 'Bearer hms_before' },
    ]);
    expect(JSON.parse(await readFile(file, 'utf8')).secret).toBe(secret);
  });

  it('ends no session that is over, is elsewhere, or stays since the login is refused', async () => {
    const { url, asked } = await server();
    await keep(url, { expires: '2026-11-22T11:59:59.000Z' });
    await cli(['login', 'jan', '--url', url]);
    await keep('http://127.0.0.1:1');
    await cli(['login', 'jan', '--url', url]);
    const refusing = await server(() => problem(401, 'wrong-login'));
    await keep(refusing.url);
    await cli(['login', 'jan', '--url', refusing.url]);
    const methods = [...asked, ...refusing.asked].map(({ method }) => method);
    expect(methods).toEqual(['POST', 'POST', 'POST']);
  });

  it('says what goes before the session', async () => {
    const { url } = await server();
    const { stderr } = await cli(['login', 'jan', '--url', url], {
      env: { HUISMEESTER_SOCKET: '/run/h.sock' },
    });
    expect(stderr).toContain('HUISMEESTER_SOCKET');
  });
});

/** As `login` leaves it. */
async function loggedIn(url: string, { expires = opened.expires, mode = 0o600 } = {}): Promise<void> {
  await mkdir(join(file, '..'), { recursive: true });
  await writeFile(file, JSON.stringify({ url, secret, expires }), { mode });
}

describe('a session', () => {
  it('that the server ended is told from a refusal, with what to do', async () => {
    const { url } = await server(() => problem(401, 'invalid-token'));
    await loggedIn(url);
    const { code, stderr } = await cli(['whoami']);
    expect(code).toBe(1);
    expect(stderr).toContain(`huismeester login --url ${url}`);
  });

  it('that is over asks nobody', async () => {
    const { url, asked } = await server();
    await loggedIn(url, { expires: '2026-11-22T11:59:59.000Z' });
    const { code, stderr } = await cli(['rules']);
    expect({ code, asked }).toEqual({ code: 1, asked: [] });
    expect(stderr).toContain('huismeester login');
  });

  it('does not go to another place', async () => {
    const [a, b] = [await server(), await server()];
    await loggedIn(a.url);
    expect((await cli(['rules', '--url', b.url])).code).toBe(0);
    expect(a.asked).toEqual([]);
    expect(b.asked).toHaveLength(1);
    expect(b.asked[0]).not.toHaveProperty('authorization');
  });

  it('that others could read is not used', async () => {
    const { url, asked } = await server();
    await loggedIn(url, { mode: 0o640 });
    const { code, stderr } = await cli(['rules']);
    expect({ code, asked }).toEqual({ code: 1, asked: [] });
    expect(stderr).toContain(`chmod 600 ${file}`);
  });

  it('that is none is said to be', async () => {
    await mkdir(join(file, '..'), { recursive: true });
    await writeFile(file, '{"url":"x"}', { mode: 0o600 });
    const { code, stderr } = await cli(['rules']);
    expect(code).toBe(1);
    expect(stderr).toContain('holds no session');
  });
});

describe('sessions', () => {
  it('are listed, and ended one by one', async () => {
    const own = [
      { ...opened, secret: undefined },
      { ...opened, id: 's/2', current: false },
    ];
    const { url, asked } = await server((_, method) => (method === 'GET' ? list(...own) : undefined));
    const { stdout } = await cli(['sessions', '--url', url]);
    expect(stdout).toMatch(/^s1 .*this one$/m);
    expect(stdout).toMatch(/^s\/2 .*\d$/m);
    expect((await cli(['sessions', '--url', url, '--lang', 'nl'])).stdout).toMatch(/geldig tot/);
    expect((await cli(['sessions', 'end', 's/2', '--url', url])).code).toBe(0);
    expect(asked.at(-1)).toMatchObject({ method: 'DELETE', path: '/api/v1/sessions/s%2F2' });
  });

  it('of another are not ended', async () => {
    const { url } = await server(() => problem(404, 'not-found'));
    expect((await cli(['sessions', 'end', 's3', '--url', url])).code).toBe(1);
  });
});

describe('logout', () => {
  it.each([
    ['that goes on', undefined],
    ['that the server does not know', problem(401, 'invalid-token')],
  ])('ends a session %s, and forgets it', async (_, answer) => {
    const { url, asked } = await server(() => answer);
    await loggedIn(url);
    expect(await cli(['logout'])).toMatchObject({ code: 0, stdout: expect.stringContaining('Logged out') });
    expect(asked).toMatchObject([
      { method: 'DELETE', path: '/api/v1/sessions/current', authorization: `Bearer ${secret}` },
    ]);
    await expect(stat(file)).rejects.toThrow('ENOENT');
    expect(await cli(['logout'])).toMatchObject({ code: 0, stdout: expect.stringContaining('Nobody') });
  });

  it('keeps a session that it cannot end, and says how to forget it', async () => {
    await loggedIn('http://127.0.0.1:1');
    const { code, stderr } = await cli(['logout']);
    expect(code).toBe(2);
    expect(stderr).toContain(`rm ${file}`);
    expect((await stat(file)).isFile()).toBe(true);
  });

  it('does not take one place for another', async () => {
    await loggedIn('https://huismeester.test');
    expect((await cli(['logout', '--url', 'https://other.test'])).code).toBe(64);
    expect((await stat(file)).isFile()).toBe(true);
  });
});
