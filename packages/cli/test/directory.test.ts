import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseSettings } from '@huismeester/service';
import { skipWithout, type TempDir, type TestDirectory, tempDir, testDirectory } from '@huismeester/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunMore, runCli } from './run-cli.ts';

const password = 'readers-secret';
const key = '0123456789abcdef0123456789abcdef';

function person(suffix: string, uid: string, more = ''): string {
  return `dn: uid=${uid},ou=people,${suffix}\nobjectClass: inetOrgPerson\nuid: ${uid}\ncn: Name of ${uid}\nsn: S\nmail: ${uid}@example.org\n${more}\n`;
}

function group(suffix: string, cn: string, ...uids: string[]): string {
  const members = uids.map((uid) => `member: uid=${uid},ou=people,${suffix}\n`).join('');
  return `dn: cn=${cn},ou=groups,${suffix}\nobjectClass: groupOfNames\ncn: ${cn}\n${members}\n`;
}

function unit(suffix: string, ou: string): string {
  return `dn: ou=${ou},${suffix}\nobjectClass: organizationalUnit\nou: ${ou}\n\n`;
}

const entries = (suffix: string) =>
  [
    unit(suffix, 'people'),
    unit(suffix, 'groups'),
    ...['jan', 'piet', 'els', 'kees'].map((uid) => person(suffix, uid)),
    `dn: cn=reader,${suffix}\nobjectClass: organizationalRole\nobjectClass: simpleSecurityObject\ncn: reader\nuserPassword: ${password}\n\n`,
    group(suffix, 'deelnemers', 'jan', 'piet', 'els'),
    group(suffix, 'infrateam', 'jan', 'kees', 'weg'),
    group(suffix, 'bestuur', 'piet'),
    group(suffix, 'koffie', 'els'),
  ].join('');

describe.skipIf(skipWithout('slapd'))('a directory of LDAP', () => {
  let at: TestDirectory;
  let dir: TempDir;

  beforeAll(async () => {
    at = await testDirectory({ entries });
    dir = await tempDir('cli-directory');
    await mkdir(join(dir.path, 'secrets'));
    await writeFile(join(dir.path, 'ca.pem'), at.ca);
    await writeFile(join(dir.path, 'secrets', 'ldap-password'), `${password}\n`);
    await writeFile(join(dir.path, 'secrets', 'key'), `${key}\n`);
    await chmod(join(dir.path, 'secrets'), 0o700);
  });
  afterAll(() => dir.remove());

  async function cli(args: string[], more: RunMore = {}) {
    const ran = await runCli(args, { cwd: dir.path, ...more });
    expect(ran.stdout + ran.stderr).not.toContain(password);
    return ran;
  }
  const place = () => [
    '--ldap',
    `ldaps://127.0.0.1:${at.tlsPort}`,
    '--ldap-ca',
    'ca.pem',
    '--ldap-base',
    at.suffix,
  ];
  const reader = () => [
    '--ldap-bind-dn',
    `cn=reader,${at.suffix}`,
    '--ldap-password-file',
    'secrets/ldap-password',
  ];

  it('is proposed by init, and these settings read it', async () => {
    const { code, stdout, stderr } = await cli(['init', ...place(), ...reader()]);
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: expect.stringContaining('openssl rand -hex 32 > secrets/key'),
    });
    const { directory } = parseSettings(stdout, {
      file: 'space.yaml',
      env: { HUISMEESTER_DATABASE_URL: 'postgres://localhost/x' },
      readFile: (path) => (path.endsWith('ca.pem') ? at.ca : path.endsWith('key') ? key : password),
    });
    expect(directory).toMatchObject({
      ldap: {
        bindDn: `cn=reader,${at.suffix}`,
        bindPassword: password,
        attributes: { id: 'entryUUID', uid: 'uid' },
        groups: {
          participants: `cn=deelnemers,ou=groups,${at.suffix}`,
          team: `cn=infrateam,ou=groups,${at.suffix}`,
          board: `cn=bestuur,ou=groups,${at.suffix}`,
        },
      },
    });
    expect(stdout).toMatch(/# trial: .*fill in its DN/);
    expect(stdout).toContain('cn=koffie');
    const found = await findingsOf(stdout);
    expect(found).toMatchObject({
      'directory: 4 people, of whom 0 disabled': {},
      'directory: the group for participants has 3 members': {},
      'directory: 2 would be infrateam: jan, kees': {},
      'directory: 1 would be board: piet': {},
      'directory: a board member is of the infrateam (BOARD-1)': { warning: expect.any(String) },
      'directory: the group for team: everybody in it is a person of the directory': {
        warning: expect.stringContaining('uid=weg'),
      },
      'directory: who is in the group for team, trial or board is a participant': {
        warning: 'no participant: kees',
      },
    });
  });

  /** Of `check-config --connect` what it says of the directory alone, by what it looked at. */
  async function findingsOf(yaml: string): Promise<Record<string, object>> {
    const section = /^directory:\n(?:[ #].*\n)+/m.exec(yaml)?.[0] ?? '';
    const settings = `site: { id: x, name: X }
broker: { embedded: {} }
database: { embedded: { dir: ./db }, acceptPowerLossRisk: true }
secrets: { key: { file: secrets/key } }
${section}`;
    await writeFile(join(dir.path, 'space.yaml'), settings);
    const { stdout } = await cli(['check-config', '--connect', '--json']);
    const outside: { what: string }[] = JSON.parse(stdout).outside;
    return Object.fromEntries(
      outside.filter(({ what }) => what.startsWith('directory')).map(({ what, ...rest }) => [what, rest]),
    );
  }

  it('is asked for at a terminal, and the password is not shown', async () => {
    const answers = ['X', '', '', '', '', `ldap://127.0.0.1:${at.port}`, `cn=reader,${at.suffix}`];
    const secrets: string[] = [];
    const { code, stdout, stderr } = await cli(['init'], {
      ask: async () => answers.shift() ?? '',
      askSecret: async (question) => {
        secrets.push(question);
        return password;
      },
    });
    expect({ code, answers, secrets }).toEqual({
      code: 0,
      answers: [],
      secrets: [expect.stringContaining('cn=reader')],
    });
    expect(stdout).toContain('bindPassword: { file: "secrets/ldap-password" }');
    expect(stderr).toContain('> secrets/ldap-password');
  });

  it('is not sent a password by who does not accept its certificate', async () => {
    const [ldap = '', url = ''] = place();
    const { code, stderr } = await cli(['init', ldap, url, ...reader()]);
    expect(code).toBe(1);
    expect(stderr).toContain('--ldap-ca FILE');
  });

  it('says what to do about a wrong password', async () => {
    await writeFile(join(dir.path, 'wrong'), 'hunter2');
    const wrong = ['--ldap-bind-dn', `cn=reader,${at.suffix}`, '--ldap-password-file', 'wrong'];
    const { code, stderr } = await cli(['init', ...place(), ...wrong]);
    expect(code).toBe(1);
    expect(stderr).toContain('Correct --ldap-bind-dn and the password');
    expect(stderr).not.toContain('hunter2');
    const found = await findingsOf(`directory:
  ldap: { urls: ["ldap://127.0.0.1:${at.port}"], base: "ou=none,${at.suffix}" }
`);
    expect(Object.keys(found)).toEqual([
      expect.stringMatching(/^directory: ldap:\/\/127\.0\.0\.1:\d+ cannot be used$/),
    ]);
    expect(Object.values(found)).toEqual([
      {
        problem: expect.stringContaining('its base is not there'),
        remedy: expect.stringContaining('directory.ldap.base'),
      },
    ]);
  });

  it.each([
    [['--ldap-bind-dn', 'cn=x']],
    [['--start-tls']],
    [['--ldap', 'ldap://192.0.2.1']],
    [['--ldap', 'ldaps://192.0.2.1', '--ldap-bind-dn', 'cn=x']],
    [['--ldap', 'ldaps://192.0.2.1', '--ldap-password-file', 'secrets/ldap-password']],
    [['--ldap', 'ldaps://192.0.2.1', '--ldap-ca', 'secrets/key']],
    [['--ldap', 'ldaps://192.0.2.1', '--ldap-ca', 'nowhere']],
  ])('is not looked at for %j', async (args) => {
    expect((await cli(['init', ...args])).code).toBe(64);
  });
});
