import { execFile } from 'node:child_process';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { skipWithout, tempDir } from '@huismeester/testkit';
import { Attribute, Change, Client } from 'ldapts';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Directory, openDirectory } from '../src/index.ts';
import {
  forever,
  group,
  idOf,
  ldapSettings,
  membersIn,
  quick,
  type Rest,
  somebody,
  unit,
  type World,
  world,
} from './set-up.ts';

const entries = (suffix: string) => {
  const people = `ou=people,${suffix}`;
  return (
    unit(suffix, 'people') +
    unit(suffix, 'groups') +
    somebody(suffix, 'p1', { number: 1 }) +
    somebody(suffix, 'p2', { number: 2 }) +
    somebody(suffix, 'p3', { number: 3, dn: `cn=Drie\\2C “P” \\3B$(id)\`id\`'LDIF,${people}` }) +
    `dn: cn=reader,${suffix}\nobjectClass: organizationalRole\nobjectClass: simpleSecurityObject\ncn: reader\nuserPassword: right\n\n` +
    group(suffix, 'names', 'groupOfNames', [
      `member: uid=p1,${people}`,
      `member: UID=p2,ou=People,${suffix}`,
    ]) +
    group(suffix, 'commands', 'groupOfNames', [
      `member: uid=p1,${people}`,
      `member: UID=p2,ou=People,${suffix}`,
    ]) +
    group(suffix, 'unique', 'groupOfUniqueNames', [
      `uniqueMember: uid=p1,${people}`,
      `uniqueMember: uid=p2,${people}#'01'B`,
    ]) +
    group(suffix, 'posix', 'posixGroup', [
      'gidNumber: 1',
      'memberUid: p1',
      'memberUid: P2',
      'memberUid: p2',
    ]) +
    group(suffix, 'empty', 'posixGroup', ['gidNumber: 2']) +
    group(suffix, 'single', 'groupOfNames', [`member: uid=p2,${people}`]) +
    group(suffix, 'outer', 'groupOfNames', [
      `member: uid=p1,${people}`,
      `member: cn=single,ou=groups,${suffix}`,
    ]) +
    somebody(suffix, 'p4', { number: 4 }) +
    somebody(suffix, 'P4', { number: 5, dn: `cn=Another,${people}` }) +
    `dn: cn=no uid,${people}\nobjectClass: inetOrgPerson\nobjectClass: extensibleObject\nentryUUID: ${idOf(6)}\ncn: no uid\nsn: sn\n\n` +
    group(suffix, 'uids', 'posixGroup', ['gidNumber: 3', 'memberUid: p1', 'memberUid: p4']) +
    group(suffix, 'dns', 'groupOfNames', [`member: uid=p1,${people}`])
  );
};

describe.skipIf(skipWithout('slapd'))('an edit of a group', () => {
  let one: World;

  beforeAll(async () => {
    one = await world({
      entries,
      access: ['to attrs=userPassword by anonymous auth by * none', 'to * by * read'],
    });
  });

  const settings = (cn: string, rest: Rest = {}) => {
    const { port, suffix, rootDn } = one.at;
    return ldapSettings(suffix, {
      urls: [`ldap://127.0.0.1:${port}`],
      bindDn: rootDn,
      bindPassword: 'admin',
      groups: { team: `cn=${cn},ou=groups,${suffix}`, board: `cn=empty,ou=groups,${suffix}` },
      ...rest,
    });
  };
  const open = (cn: string, rest: Rest = {}): Required<Directory> => {
    const directory = openDirectory({ ldap: settings(cn, rest), writes: 'groups', every: '50s' }, quick);
    if (!directory.write) throw new Error('cannot write');
    return { ...directory, write: directory.write };
  };
  const membersOf = async (cn: string) => {
    const { groups } = await open(cn).read(forever);
    return membersIn(groups.team);
  };
  const edit = (change: 'add' | 'delete', number: number) => ({
    group: 'team' as const,
    change,
    person: idOf(number),
  });

  it.each(['names', 'unique', 'posix'])(
    'adds and deletes a value of %s, also where it is so already',
    async (cn) => {
      const { write } = open(cn);
      for (let times = 0; times < 2; times += 1) {
        await write(edit('add', 3), forever);
        expect(await membersOf(cn)).toEqual({ 1: '', 2: '', 3: '' });
      }
      for (let times = 0; times < 2; times += 1) {
        await write(edit('delete', 2), forever);
        await write(edit('delete', 3), forever);
        expect(await membersOf(cn)).toEqual({ 1: '' });
      }
    },
  );

  it('writes into a posixGroup that is empty', async () => {
    await open('empty').write(edit('add', 1), forever);
    expect(await membersOf('empty')).toEqual({ 1: '' });
  });

  it('says why it is not made: the last member, another group, nobody, no right, nobody logged in, a nested group', async () => {
    const { bindDn, bindPassword, ...nobody } = settings('names');
    const anonymous = openDirectory({ ldap: nobody, writes: 'groups', every: '50s' }, quick);
    const reader = open('names', { bindDn: `cn=reader,${one.at.suffix}`, bindPassword: 'right' });
    const refusals: [() => Promise<void> | undefined, string, RegExp][] = [
      [() => open('single').write(edit('delete', 2), forever), 'refused', /cannot be empty/],
      [
        () => open('names').write({ ...edit('add', 2), group: 'board' }, forever),
        'refused',
        /never written to/,
      ],
      [() => open('names').write({ ...edit('add', 2), group: 'trial' }, forever), 'failed', /no such group/],
      [() => open('names').write(edit('add', 77), forever), 'failed', /no such person/],
      [() => reader.write(edit('add', 3), forever), 'refused', /LDAP 50/],
      [() => anonymous.write?.(edit('add', 3), forever), 'refused', /as nobody/],
      [() => open('outer').write(edit('delete', 2), forever), 'failed', /through the group single/],
    ];
    for (const [attempt, reason, message] of refusals)
      await expect(attempt()).rejects.toMatchObject({ reason, message: expect.stringMatching(message) });
    expect(await membersOf('single')).toEqual({ 2: '' });
  });

  it('is not made of a uid that somebody else has too, or that is missing; a DN is theirs', async () => {
    for (const change of ['add', 'delete'] as const) {
      for (const number of [4, 6]) {
        const attempt = open('uids').write(edit(change, number), forever);
        await expect(attempt).rejects.toMatchObject({
          reason: 'refused',
          message: expect.stringMatching(/memberUid.*theirs alone/),
        });
        await expect(attempt).rejects.not.toThrow(/p4/i);
        expect(await open('uids').instructionsFor(edit(change, number), forever)).toBeUndefined();
      }
    }
    const { groups } = await open('uids').read(forever);
    expect(groups.team).toMatchObject({ members: new Map([[idOf(1), []]]), dangling: ['p4'] });
    for (const number of [4, 6]) await open('dns').write(edit('add', number), forever);
    expect(await membersOf('dns')).toEqual({ 1: '', 4: '', 6: '' });
  });

  it('is no method where the settings do not allow it', () => {
    const { write } = openDirectory({ ldap: settings('names'), writes: 'off', every: '50s' });
    expect(write).toBeUndefined();
  });

  it('is a command for a person, which does what it says', async () => {
    const directory = openDirectory({ ldap: settings('commands'), writes: 'off', every: '50s' }, quick);
    await runCommand(await directory.instructionsFor(edit('add', 3), forever), one);
    expect(await membersOf('commands')).toEqual({ 1: '', 2: '', 3: '' });
    await runCommand(await directory.instructionsFor(edit('delete', 3), forever), one);
    await runCommand(await directory.instructionsFor(edit('delete', 2), forever), one);
    expect(await membersOf('commands')).toEqual({ 1: '' });
    expect(await directory.instructionsFor(edit('add', 77), forever)).toBeUndefined();
    expect(await directory.instructionsFor({ ...edit('add', 1), group: 'trial' }, forever)).toBeUndefined();
    // Through a nested group: that one is to be changed.
    expect(await open('outer').instructionsFor(edit('delete', 2), forever)).toContain('dn: cn=single,');
  });
});

const run = promisify(execFile);

/** Runs it in a shell whose ldapmodify writes down what it gets, and does it over LDAP, as the tool of that name would. */
async function runCommand(command: string | undefined, { at }: World): Promise<void> {
  const dir = await tempDir('ldapmodify');
  try {
    const tool = join(dir.path, 'ldapmodify');
    await writeFile(tool, `#!/bin/sh\nprintf '%s\\n' "$@" > ${dir.path}/args\ncat > ${dir.path}/ldif\n`);
    await chmod(tool, 0o755);
    const env = { PATH: `${dir.path}:/usr/bin:/bin`, LDAP_ADMIN: at.rootDn };
    await run('/bin/sh', ['-c', command ?? 'exit 1'], { env });
    const args = (await readFile(join(dir.path, 'args'), 'utf8')).trim().split('\n');
    expect(args).toEqual(['-x', '-H', `ldap://127.0.0.1:${at.port}`, '-D', at.rootDn, '-W']);
    await modify(await readFile(join(dir.path, 'ldif'), 'utf8'), at);
  } finally {
    await dir.remove();
  }
}

async function modify(ldif: string, { port, rootDn }: World['at']): Promise<void> {
  const client = new Client({ url: `ldap://127.0.0.1:${port}` });
  try {
    await client.bind(rootDn, 'admin');
    for (const record of ldif.trim().split('\n\n')) {
      const [dn = '', type, change = '', value = '', ...more] = record.split('\n').map(valueOfLine);
      expect([type, more]).toEqual(['modify', []]);
      const [operation, attribute] = record.split('\n')[2]?.split(': ') ?? [];
      expect(change).toBe(attribute);
      if (operation !== 'add' && operation !== 'delete') throw new Error(`neither add nor delete: ${record}`);
      const modification = new Attribute({ type: change, values: [value] });
      await client.modify(dn, new Change({ operation, modification }));
    }
  } finally {
    await client.unbind();
  }
}

function valueOfLine(line: string): string {
  const [, , colons, value = ''] = /^(\w+)(::?) (.*)$/.exec(line) ?? [];
  return colons === '::' ? Buffer.from(value, 'base64').toString() : value;
}
