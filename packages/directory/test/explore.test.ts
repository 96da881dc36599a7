import { freePort, skipWithout, startSlapd } from '@huismeester/testkit';
import { beforeAll, describe, expect, it } from 'vitest';
import { exploreLdap } from '../src/index.ts';
import { forever, group, readersAccess, somebody, unit, type World, world } from './set-up.ts';

const entries = (suffix: string) =>
  unit(suffix, 'people') +
  unit(suffix, 'groups') +
  readersAccess.entries(suffix) +
  somebody(suffix, 'p1', { number: 1, more: ['mail: p1@example.org', 'sshPublicKey: ssh-ed25519 AAAA'] }) +
  somebody(suffix, 'p2', { number: 2, more: ['displayName: P two'] }) +
  group(suffix, 'Infrateam', 'groupOfNames', [`member: uid=p1,ou=people,${suffix}`]) +
  group(suffix, 'sysadmin', 'posixGroup', ['gidNumber: 1', 'memberUid: p1', 'memberUid: p2']) +
  group(suffix, 'leden', 'groupOfUniqueNames', [
    `uniqueMember: uid=p1,ou=people,${suffix}`,
    `uniqueMember: uid=p2,ou=people,${suffix}`,
  ]) +
  group(suffix, 'bestuur', 'groupOfNames', [`member: uid=p2,ou=people,${suffix}`]);

describe.skipIf(skipWithout('slapd'))('a look at a directory', () => {
  let one: World;
  let suffix: string;

  beforeAll(async () => {
    one = await world({ entries, access: readersAccess.rules });
    ({ suffix } = one.at);
  });

  const explore = (
    rest: { base?: string; bindDn?: string; bindPassword?: string; startTls?: boolean } = {},
  ) => {
    const { port, ca } = one.at;
    return exploreLdap(
      { url: `ldap://127.0.0.1:${port}`, ca, startTls: true, base: suffix, ...rest },
      forever,
    );
  };
  const dn = (cn: string) => `cn=${cn},ou=groups,${suffix}`;

  it('proposes attributes and groups', async () => {
    expect(await explore()).toEqual({
      base: suffix,
      filter: '(|(objectClass=inetOrgPerson)(objectClass=posixAccount))',
      attributes: { id: 'entryUUID', uid: 'uid', name: 'displayName', mail: 'mail', sshKeys: 'sshPublicKey' },
      people: 2,
      groups: [
        { dn: dn('Infrateam'), name: 'Infrateam', members: 1 },
        { dn: dn('sysadmin'), name: 'sysadmin', members: 2 },
        { dn: dn('leden'), name: 'leden', members: 2 },
        { dn: dn('bestuur'), name: 'bestuur', members: 1 },
      ],
      proposed: { participants: dn('leden'), team: dn('Infrateam'), board: dn('bestuur') },
      problems: [`${dn('sysadmin')} could be team, too`],
    });
  });

  it('finds the naming context and the base by itself, and leaves out what another server has', async () => {
    const referral = 'objectClass: referral\nobjectClass: extensibleObject\nref: ldap://127.0.0.1:9/ou=away';
    const alone = await startSlapd({
      entries: `${entries('dc=space')}dn: ou=away,dc=space\n${referral}\nou: away\n`,
    });
    try {
      const found = await exploreLdap({ url: `ldap://127.0.0.1:${alone.port}`, startTls: false }, forever);
      expect(found).toMatchObject({ base: 'ou=people,dc=space', people: 2 });
    } finally {
      await alone.close();
    }
  });

  it('says what could not be read, and what to do', async () => {
    const as = (cn: string) => ({ ...readersAccess.reader(cn), bindDn: `cn=${cn},ou=readers,${suffix}` });
    const problems = async (rest: Parameters<typeof explore>[0]) => (await explore(rest)).problems.join('\n');
    expect(await problems({ startTls: false })).toContain('clear text');
    expect(await problems({ base: `ou=gone,${suffix}` })).toContain(
      `nothing below ou=gone,${suffix} may be read`,
    );
    expect(await problems(as('no-base'))).toContain('no people were found');
    expect(await problems(as('no-ids'))).toContain('no attribute that could be an id');
    expect(await problems(as('no-uids'))).toContain('nobody has a uid');
    expect(await problems(as('no-member'))).toContain('group Infrateam: its member may not be read');
    const away = exploreLdap({ url: `ldap://127.0.0.1:${await freePort()}`, startTls: true }, forever);
    await expect(away).rejects.toMatchObject({ reason: 'no-answer' });
  });
});
