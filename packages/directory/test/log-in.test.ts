import { skipWithout } from '@huismeester/testkit';
import { Client } from 'ldapts';
import { beforeAll, describe, expect, it } from 'vitest';
import { directoryAt, forever, idOf, type Rest, somebody, unit, type World, world } from './set-up.ts';

const entries = (suffix: string) =>
  unit(suffix, 'people') +
  somebody(suffix, 'p1', { number: 1, more: ['mail: p1@example.org', 'mail: Shared@example.org'] }) +
  somebody(suffix, 'p2', { number: 2, more: ['mail: shared@example.org'] }) +
  somebody(suffix, 'odd', { number: 3, dn: `cn=A\\2C \\22\\2B\\3D\\5C\\00 b,ou=people,${suffix}` }) +
  somebody(suffix, 'off', { number: 4, more: ['nsAccountLock: true'] }) +
  somebody(suffix, 'locked', { number: 5 }) +
  somebody(suffix, 'barred', { number: 6 }) +
  somebody(suffix, 'thief', { number: 7, more: ['mail: p2', 'mail: barred'] }) +
  somebody(suffix, 'kis', { number: 8, more: ['mail: kis@example.org'] }) +
  `dn: cn=no uid,ou=people,${suffix}\nobjectClass: inetOrgPerson\ncn: no uid\nsn: sn\nmail: nouid@example.org\nuserPassword: secret-nouid\n\n` +
  `dn: uid=none,ou=people,${suffix}\nobjectClass: inetOrgPerson\nuid: none\ncn: none\nsn: none\n\n` +
  unit(suffix, 'others') +
  somebody(suffix, 'other', { dn: `uid=other,ou=others,${suffix}` }) +
  `dn: cn=policy,${suffix}\nobjectClass: organizationalRole\nobjectClass: pwdPolicy\ncn: policy\npwdAttribute: userPassword\npwdLockout: TRUE\npwdMaxFailure: 3\npwdLockoutDuration: 600\n\n`;

const ppolicy = [
  'objectClass: olcOverlayConfig',
  'objectClass: olcPPolicyConfig',
  'olcPPolicyDefault: cn=policy,SUFFIX',
];

describe.skipIf(skipWithout('slapd'))('a login', () => {
  let one: World;

  beforeAll(async () => {
    one = await world({ entries, overlays: { ppolicy } });
  });

  const logIn = async (login: string, password: string, rest: Rest = {}) => {
    const person = await directoryAt(one.at, rest).logIn(login, password, forever);
    return person?.uid;
  };

  it.each([
    ['p1', 'secret-p1', 'p1'],
    [' P1 ', 'secret-p1', 'p1'],
    ['P1@Example.ORG', 'secret-p1', 'p1'],
    ['odd', 'secret-odd', 'odd'],
    // Somebody else wrote this uid into the mail address of their own.
    ['p2', 'secret-p2', 'p2'],
    ['KIS', 'secret-kis', 'kis'],
  ])('lets in %j', async (login, password, uid) => {
    expect(await logIn(login, password)).toBe(uid);
  });

  it.each([
    ['a wrong password', 'p1', 'secret-p2'],
    ['an empty one', 'p1', ''],
    ['one that begins with NUL', 'p1', '\0secret-p1'],
    ['half a character', 'p1', 'secret-p1\ud800'],
    ['one of 1 MB', 'p1', 'x'.repeat(2 ** 20)],
    ['somebody unknown', 'nobody', 'secret-p1'],
    ['nobody', '', 'secret-p1'],
    ['somebody without a password', 'none', 'secret-none'],
    ['the uid of somebody as a mail address', 'p2', 'secret-thief'],
    // It is kis for slapd, and would be another name to guess the password of.
    ['a letter that the server folds and we do not', 'kİs', 'secret-kis'],
    ['a mail address of somebody without a uid', 'nouid@example.org', 'secret-nouid'],
    ['a mail address of two', 'shared@example.org', 'secret-p1'],
    ['somebody outside of the base', 'other', 'secret-other'],
    ['somebody who is disabled', 'off', 'secret-off'],
    ['every uid', '*', 'secret-p1'],
    ['a part of one', 'p*', 'secret-p1'],
    ['a filter', ')(uid=*', 'secret-p1'],
    ['another filter', 'p1)(|(uid=*', 'secret-p1'],
    ['escapes of filters', 'p\\31', 'secret-p1'],
    ['a DN', 'uid=p1,ou=people', 'secret-p1'],
    ['what a DN escapes', 'p1,+"\\<>;=#', 'secret-p1'],
    ['a NUL', 'p1\0', 'secret-p1'],
    ['half a surrogate pair', 'p1\ud800', 'secret-p1'],
    ['a name of 1 MB', 'p'.repeat(2 ** 20), 'secret-p1'],
  ])('refuses %s', async (_, login, password) => {
    expect(await logIn(login, password)).toBeUndefined();
  });

  it('says by which login', async () => {
    const person = await directoryAt(one.at).logIn(' P1@Example.org ', 'secret-p1', forever);
    expect(person).toMatchObject({ id: idOf(1), logins: ['p1@example.org'] });
  });

  it('is refused by a lock, which is not the account’s end: who is locked out for a while is still enabled', async () => {
    for (let tries = 0; tries < 3; tries += 1) expect(await logIn('locked', 'wrong')).toBeUndefined();
    expect(await logIn('locked', 'secret-locked')).toBeUndefined();
    const client = new Client({ url: `ldap://127.0.0.1:${one.at.port}` });
    await client.bind(one.at.rootDn, 'admin');
    const dn = `uid=barred,ou=people,${one.at.suffix}`;
    const { Attribute, Change } = await import('ldapts');
    const modification = new Attribute({ type: 'pwdAccountLockedTime', values: ['000001010000Z'] });
    await client.modify(dn, new Change({ operation: 'add', modification }));
    await client.unbind();
    expect(await logIn('barred', 'secret-barred')).toBeUndefined();
    const { people } = await one.read();
    const enabled = new Map(people.map((each) => [each.id, each.enabled]));
    expect([enabled.get(idOf(5)), enabled.get(idOf(6))]).toEqual([true, false]);
  });

  it('is asked of the people that the filter finds, by the attributes of the settings', async () => {
    expect(await logIn('p2', 'secret-p2', { filter: '(mail=p1@*)' })).toBeUndefined();
    expect(await logIn('Name of p2', 'secret-p2', { attributes: { uid: 'cn' } })).toBe('Name of p2');
  });

  it.each([
    ['the base is gone', 'base-gone', { base: 'ou=gone,dc=nowhere' }],
    ['our own login is wrong', 'wrong-secret', { bindDn: 'uid=p1,ou=people', bindPassword: 'wrong' }],
    ['there is no id', 'incomplete', { attributes: { id: 'objectGUID' } }],
  ] as const)('cannot be asked when %s', async (_, reason, rest) => {
    await expect(logIn('p1', 'secret-p1', rest)).rejects.toMatchObject({ name: 'DirectoryError', reason });
  });
});
