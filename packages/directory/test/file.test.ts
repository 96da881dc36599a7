import { utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TempDir, tempDir } from '@huismeester/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashPassword, openDirectory } from '../src/index.ts';
import { forever, idOf, membersIn } from './set-up.ts';

const person = (number: number, more = '') => `  - { id: ${idOf(number)}, uid: p${number}${more} }\n`;
const good = `people:\n${person(1)}groups: { team: [p1] }\n`;

describe('a directory file', () => {
  let dir: TempDir;
  let hash: string;

  beforeAll(async () => {
    [dir, hash] = await Promise.all([tempDir('directory'), hashPassword('right', { cost: 1024 })]);
  });
  afterAll(() => dir.remove());

  const written = async (text: string) => {
    const file = join(dir.path, `${Math.random()}.yaml`);
    await writeFile(file, text);
    // As if it had been written long ago.
    await utimes(file, 0, 0);
    return openDirectory({ file, every: '50s' });
  };
  const read = async (text: string) => (await written(text)).read(forever);

  it('has people and groups', async () => {
    const { people, groups, admins, skipped } = await read(
      `people:
  - id: ${idOf(1).toUpperCase().replace('4000', 'ABCD')}
    uid: p1
    name: P One
    mail: p1@example.org
    sshKeys: ssh-ed25519 AAAA
${person(2, ', mail: [a@example.org, b@example.org], disabled: true')}groups:
  team: [" P1 ", p3]
  board: []
  admins: [p2]
`,
    );
    expect(people).toEqual([
      {
        id: idOf(1).replace('4000', 'abcd'),
        uid: 'p1',
        name: 'P One',
        mails: ['p1@example.org'],
        logins: ['p1', 'p1@example.org'],
        enabled: true,
        sshKeys: ['ssh-ed25519 AAAA'],
      },
      {
        id: idOf(2),
        uid: 'p2',
        mails: ['a@example.org', 'b@example.org'],
        logins: ['p2', 'a@example.org', 'b@example.org'],
        enabled: false,
        sshKeys: [],
      },
    ]);
    expect(membersIn(groups.participants)).toEqual({ 1: '', 2: '' });
    expect(membersIn(groups.team)).toEqual({ 1: '' });
    expect(admins.map(({ name, read: found }) => [name, membersIn(found)])).toEqual([['admins', { 2: '' }]]);
    expect(groups.team).toMatchObject({ byUid: new Set(), dangling: ['p3'] });
    expect(groups.participants).toMatchObject({ byUid: new Set() });
    expect([membersIn(groups.board), membersIn(groups.trial), skipped]).toEqual([{}, 'not-set-up', 0]);
  });

  it('takes a hash that is made for it', async () => {
    const { logIn } = await written(
      `people:\n${person(1, `, password: "${await hashPassword('ritë')}"`)}groups: {}\n`,
    );
    // With a composed character, and with a combining one.
    expect(await logIn('p1', 'rite\u0308', forever)).toMatchObject({ id: idOf(1) });
  });

  it('is read anew each time', async () => {
    const file = join(dir.path, 'changing.yaml');
    const directory = openDirectory({ file, every: '50s' });
    await writeFile(file, good);
    expect((await directory.read(forever)).people).toHaveLength(1);
    await writeFile(file, `people:\n${person(1)}${person(2)}groups: {}\n`);
    expect((await directory.read(forever)).people).toHaveLength(2);
  });

  it('lets in by uid or mail address and password', async () => {
    const password = `, password: "${hash}"`;
    const { logIn } = await written(
      `people:\n${person(1, `, mail: p1@example.org${password}`)}${person(2, `${password}, disabled: true`)}${person(3)}${person(4, ', mail: [x@example.org]')}${person(5, `, mail: [x@example.org, p1]${password}`)}groups: {}\n`,
    );
    for (const login of ['p1', ' P1 ', 'P1@example.org'])
      expect(await logIn(login, 'right', forever)).toMatchObject({
        uid: 'p1',
        logins: ['p1', 'p1@example.org'],
      });
    expect(await logIn('p5', 'right', forever)).toMatchObject({ uid: 'p5', logins: ['p5'] });
    for (const [login, given] of [
      ['p1', 'wrong'],
      ['p1', ''],
      ['p1', `right\0`],
      ['p2', 'right'],
      ['p3', 'right'],
      ['p9', 'right'],
      ['x@example.org', 'right'],
      ['', 'right'],
    ] as const)
      expect(await logIn(login, given, forever)).toBeUndefined();
  });

  it.each([
    ['a file that ends within a line', good.slice(0, -2), /:3: found no end of the last line/],
    ['a file without an end', `people:\n${person(1)}`, /:1: groups: found nothing, allowed: a mapping/],
    ['an empty file', '\n', /found nothing, allowed: a mapping with people, groups/],
    ['an open bracket', 'people: [\n', /found no YAML, allowed: YAML/],
    ['a key twice', 'people: []\npeople: []\ngroups: {}\n', /:2: found a key that is already there/],
    ['another key', `${good}teams: []\n`, /:4: teams: found an unknown key, allowed: people, groups/],
    [
      'a group of another name',
      good.replace('team', 'teem'),
      /:3: groups\.teem: found an unknown key, allowed: participants, team, trial, board, admins/,
    ],
    [
      'a group within a group',
      good.replace('[p1]', '[[p1]]'),
      /:3: groups\.team: found a list, allowed: a list of uids/,
    ],
    [
      'a uid that is a number',
      good.replace('uid: p1', 'uid: 17'),
      /:2: people\[0\]\.uid: found a number, allowed: a text/,
    ],
    ['no id', good.replace(/id: [\d-]+, /, ''), /:2: people\[0\]\.id: found nothing, allowed: a UUID/],
    [
      'another id',
      good.replace(idOf(1), 'someone'),
      /:2: people\[0\]\.id: found another text, allowed: a UUID/,
    ],
    [
      'a password that is no hash',
      good.replace('uid: p1', 'uid: p1, password: hunter2'),
      /:2: people\[0\]\.password: found another text, allowed: a hash/,
    ],
    [
      'a hash that takes for ever',
      good.replace('uid: p1', `uid: p1, password: "scrypt$4194304$8$1$${'A'.repeat(24)}$${'A'.repeat(44)}"`),
      /at most 128 MiB/,
    ],
    [
      'a uid that another has',
      `people:\n${person(1)}${person(2).replace('p2', '" P1"')}groups: {}\n`,
      /:3: people\[1\]\.uid: found what somebody above has too/,
    ],
    [
      'an id that another has',
      `people:\n${person(1)}${person(1).replace('p1', 'p2')}groups: {}\n`,
      /:3: people\[1\]\.id: found what somebody above/,
    ],
  ])('is void with %s', async (_, text, message) => {
    const failed = read(text);
    await expect(failed).rejects.toMatchObject({
      reason: 'bad-file',
      message: expect.stringMatching(message),
    });
    // Only where it is wrong is said, not what stands there.
    await expect(failed).rejects.not.toThrow(/hunter2|someone/);
  });

  it('is void when it is not there, or is being written all the time', async () => {
    const missing = openDirectory({ file: join(dir.path, 'none.yaml'), every: '50s' });
    await expect(missing.read(forever)).rejects.toMatchObject({
      reason: 'bad-file',
      message: expect.stringContaining('ENOENT'),
    });
    const file = join(dir.path, 'busy.yaml');
    await writeFile(file, good);
    const writing = setInterval(() => void writeFile(file, good), 20);
    try {
      const busy = openDirectory({ file, every: '50s' }).read(forever);
      await expect(busy).rejects.toThrow('being written to all the time');
    } finally {
      clearInterval(writing);
    }
  });

  it('says which line of the file to change', async () => {
    const { instructionsFor, write } = await written(good);
    const edit = { group: 'team', change: 'add', person: idOf(1) } as const;
    expect(await instructionsFor(edit, forever)).toMatch(/add "p1" to the list groups\.team$/);
    expect(await instructionsFor({ ...edit, change: 'delete' }, forever)).toMatch(/remove "p1" from/);
    expect(await instructionsFor({ ...edit, person: idOf(2) }, forever)).toBeUndefined();
    expect(await instructionsFor({ ...edit, group: 'trial' }, forever)).toBeUndefined();
    expect(write).toBeUndefined();
  });
});
