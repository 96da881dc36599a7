import { skipWithout } from '@huismeester/testkit';
import { Client } from 'ldapts';
import { beforeAll, describe, expect, it } from 'vitest';
import { idOf, membersIn, readersAccess, somebody, unit, type World, world } from './set-up.ts';

const guid = Buffer.from('33221100554477668899aabbccddeeff', 'hex').toString('base64');

const entries = (suffix: string) =>
  unit(suffix, 'people') +
  somebody(suffix, 'p1', {
    number: 1,
    more: ['mail: p1@example.org', 'mail: one@example.org', 'sshPublicKey: ssh-ed25519 AAAA p1@box'],
  }) +
  somebody(suffix, 'p2', { number: 2, more: ['nsAccountLock: TRUE'] }) +
  somebody(suffix, 'p3', { number: 3, more: ['loginDisabled: TRUE'] }) +
  unit(suffix, 'odd') +
  somebody(suffix, 'p4', { number: 4, dn: `cn=One\\2C P,ou=odd,${suffix}` }) +
  somebody(suffix, 'P 4', { number: 5, dn: `cn=Two,ou=odd,${suffix}` }) +
  somebody(suffix, 'p4', { number: 6, dn: `cn=Three,ou=odd,${suffix}` }) +
  somebody(suffix, 'P4 ', { number: 7, dn: `cn=Four,ou=odd,${suffix}` }) +
  `dn: cn=nobody,ou=odd,${suffix}\nobjectClass: inetOrgPerson\nentryUUID: ${idOf(10)}\ncn: nobody\nsn: nobody\n\n` +
  unit(suffix, 'ids') +
  somebody(suffix, 'guid', {
    dn: `uid=guid,ou=ids,${suffix}`,
    more: [
      `objectGUID:: ${guid}`,
      'nsUniqueId: 66446001-1DD211b2-66225011-2ee211db',
      'ipaUniqueID: 5F0C1D2E-7A3B-4C4D-9E5F-0A1B2C3D4E5F',
    ],
  }) +
  unit(suffix, 'twice') +
  ['one', 'two']
    .map((uid) =>
      somebody(suffix, uid, {
        dn: `uid=${uid},ou=twice,${suffix}`,
        more: ['ipaUniqueID: 5f0c1d2e-7a3b-4c4d-9e5f-0a1b2c3d4e5f'],
      }),
    )
    .join('') +
  unit(suffix, 'part') +
  somebody(suffix, 'here', { dn: `uid=here,ou=part,${suffix}` }) +
  `dn: ou=elsewhere,ou=part,${suffix}\nobjectClass: referral\nobjectClass: extensibleObject\nou: elsewhere\nref: ldap://127.0.0.1:9/ou=elsewhere\n\n` +
  unit(suffix, 'logins') +
  [
    ['vic', 'mail: V@Example.org'],
    ['thief', 'uid: Other  Name', 'mail: VIC', 'mail: mine', 'mail: Mine '],
    ['both', 'mail: both@example.org'],
    ['both2', 'mail: Both@example.org', 'mail: none@example.org'],
    ['', 'mail: none@example.org', 'mail: only@example.org'],
    ['dup', 'mail: dup@example.org'],
    ['Dup', 'uid: own'],
  ]
    .map(
      ([uid, ...more], index) =>
        `dn: cn=${index},ou=logins,${suffix}\nobjectClass: inetOrgPerson\nobjectClass: extensibleObject\ncn: ${index}\nsn: sn\n${uid ? `uid: ${uid}\n` : ''}${more.join('\n')}\n\n`,
    )
    .join('') +
  unit(suffix, 'changing') +
  somebody(suffix, 'before', { number: 8, dn: `uid=before,ou=changing,${suffix}` });

describe.skipIf(skipWithout('slapd'))('a read of people', () => {
  let one: World;
  let suffix: string;

  beforeAll(async () => {
    one = await world({
      entries: (suffix) => entries(suffix) + readersAccess.entries(suffix),
      access: readersAccess.rules,
    });
    ({ suffix } = one.at);
  });

  it('has each with all that is shown of them', async () => {
    const { people, groups, skipped } = await one.read();
    expect(people[0]).toEqual({
      id: idOf(1),
      uid: 'p1',
      name: 'Name of p1',
      mails: ['p1@example.org', 'one@example.org'],
      logins: ['p1', 'p1@example.org', 'one@example.org'],
      enabled: true,
      sshKeys: ['ssh-ed25519 AAAA p1@box'],
    });
    expect(people.map(({ uid, enabled }) => [uid, enabled])).toEqual([
      ['p1', true],
      ['p2', false],
      ['p3', false],
    ]);
    expect(membersIn(groups.participants)).toEqual({ 1: '', 2: '', 3: '' });
    expect(groups.team).toEqual({ state: 'not-set-up' });
    expect(skipped).toBe(0);
  });

  it('counts who has no uid, or one that two have, in whatever case and with whatever blanks, and takes nobody away', async () => {
    const { people, skipped } = await one.read({ base: `ou=odd,${suffix}` });
    expect(people.map(({ id, uid }) => [id, uid.trim()])).toEqual([
      [idOf(4), 'p4'],
      [idOf(5), 'P 4'],
      [idOf(6), 'p4'],
      [idOf(7), 'P4'],
      [idOf(10), ''],
    ]);
    expect(skipped).toBe(4);
  });

  it('has the logins of each that are theirs alone, a uid before a mail address', async () => {
    const { people } = await one.read({ base: `ou=logins,${suffix}` });
    expect(people.map(({ logins }) => logins)).toEqual([
      ['vic', 'v@example.org'],
      ['thief', 'other name', 'mine'],
      ['both'],
      ['both2'],
      [],
      ['dup@example.org'],
      ['own'],
    ]);
  });

  it.each([
    ['objectGUID', '00112233-4455-6677-8899-aabbccddeeff'],
    ['nsUniqueId', '66446001-1dd2-11b2-6622-50112ee211db'],
    ['ipaUniqueID', '5f0c1d2e-7a3b-4c4d-9e5f-0a1b2c3d4e5f'],
  ] as const)('takes %s as a UUID', async (id, uuid) => {
    const { people } = await one.read({ base: `ou=ids,${suffix}`, attributes: { id } });
    expect(people.map((each) => each.id)).toEqual([uuid]);
  });

  it('knows who is disabled by the attributes and values of the settings', async () => {
    const { people } = await one.read({ disabled: { Mail: ['P1@Example.org'] } });
    expect(people.map(({ enabled }) => enabled)).toEqual([false, true, true]);
  });

  it('has the same person after a rename', async () => {
    const base = `ou=changing,${suffix}`;
    const client = new Client({ url: `ldap://127.0.0.1:${one.at.port}` });
    await client.bind(one.at.rootDn, 'admin');
    await client.modifyDN(`uid=before,${base}`, `uid=after,${base}`);
    await client.unbind();
    const { people } = await one.read({ base });
    expect(people.map(({ id, uid }) => [id, uid])).toEqual([[idOf(8), 'after']]);
  });

  it.each([
    ['somebody has no id', 'incomplete', { attributes: { id: 'objectGUID' } }],
    ['two have the same id', 'incomplete', { base: 'ou=twice', attributes: { id: 'ipaUniqueID' } }],
    ['what should be an id is none', 'incomplete', { base: 'ou=changing', attributes: { id: 'cn' } }],
    ['nobody has a uid', 'incomplete', { attributes: { uid: 'title' } }],
    ['a part is elsewhere', 'referral', { base: 'ou=part' }],
    ['the base is gone', 'base-gone', { base: 'ou=gone' }],
    ['the base is no DN', 'failed', { base: 'no DN' }],
    ['the filter is none', 'failed', { filter: '(uid=*' }],
    ['the password is wrong', 'wrong-secret', { bindDn: 'uid=p1,ou=people', bindPassword: 'secret-p2' }],
    ['there is no password', 'wrong-secret', { bindDn: 'uid=p1,ou=people' }],
    ['the base may not be read', 'base-gone', readersAccess.reader('no-base')],
    ['ids may not be read', 'incomplete', readersAccess.reader('no-ids')],
    ['uids may not be read', 'incomplete', readersAccess.reader('no-uids')],
  ])('is void when %s: %s', async (_, reason, rest) => {
    const below = (dn: string) => (/^(ou|cn|uid)=/.test(dn) ? `${dn},${suffix}` : dn);
    const { base = 'ou=people', bindDn, ...others } = rest as { base?: string; bindDn?: string };
    const read = one.read({ ...others, base: below(base), ...(bindDn && { bindDn: below(bindDn) }) });
    await expect(read).rejects.toMatchObject({ name: 'DirectoryError', reason });
    // People's names are in no message, and neither are passwords.
    await expect(read).rejects.not.toThrow(/secret|p1|Name of/);
  });
});
