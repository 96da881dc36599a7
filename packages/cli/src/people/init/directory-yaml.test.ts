import type { Explored } from '@huismeester/directory';
import { parseSettings } from '@huismeester/service';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../errors.ts';
import { directorySteps, directoryYaml, noDirectoryYaml, type Place } from './directory-yaml.ts';
import { ldapUrl } from './ldap-url.ts';

const place: Place = {
  url: 'ldaps://10.0.0.4',
  startTls: false,
  ca: { path: '/etc/ssl/space.pem', text: '-----BEGIN CERTIFICATE-----' },
  login: { bindDn: 'cn=huis,dc=x', password: 'hunter2', file: 'secrets/ldap-password', isThere: false },
};
const found: Explored = {
  base: 'ou=people,dc=x',
  filter: '(objectClass=inetOrgPerson)',
  attributes: { id: 'entryUUID', uid: 'uid', name: 'displayName' },
  people: 25,
  groups: [
    { dn: 'cn=infra: "x"\n,ou=groups,dc=x', name: 'infra', members: 3 },
    { dn: 'cn=bestuur,ou=groups,dc=x', name: 'bestuur', members: 5 },
    { dn: 'cn=koffie\n,ou=groups,dc=x', name: 'koffie', members: 7 },
  ],
  proposed: { team: 'cn=infra: "x"\n,ou=groups,dc=x', board: 'cn=bestuur,ou=groups,dc=x' },
  problems: ['ou=geheim may not be read\nroot: true'],
};

function parsed(lines: readonly string[]) {
  const minimum = 'site: { id: x, name: X }\nbroker: { embedded: {} }\ndatabase: { url: postgres://x }\n';
  const readFile = (path: string) =>
    path.endsWith('.pem') ? '-----BEGIN CERTIFICATE-----' : `${path} ${'k'.repeat(32)}`;
  return parseSettings(`${minimum}${lines.join('\n')}\n`, { file: 'space.yaml', env: {}, readFile });
}

describe('the settings of a directory', () => {
  it('are those that were proposed, with secrets in files', () => {
    const yaml = directoryYaml(place, found);
    expect(yaml.join('\n')).not.toContain('hunter2');
    const { directory, secrets } = parsed(yaml);
    expect(directory).toMatchObject({
      ldap: {
        urls: ['ldaps://10.0.0.4'],
        ca: '-----BEGIN CERTIFICATE-----',
        bindDn: 'cn=huis,dc=x',
        bindPassword: expect.stringContaining('secrets/ldap-password'),
        base: 'ou=people,dc=x',
        filter: '(objectClass=inetOrgPerson)',
        attributes: { id: 'entryUUID', uid: 'uid', name: 'displayName', mail: 'mail' },
        groups: { team: 'cn=infra: "x"\n,ou=groups,dc=x', board: 'cn=bestuur,ou=groups,dc=x' },
      },
    });
    expect(secrets.key).toContain('secrets/key');
  });

  it('have what could not be found out as a comment that says what to fill in', () => {
    const text = directoryYaml(place, found).join('\n');
    expect(text).toMatch(/# trial: "cn=…" # .*fill in its DN/);
    expect(text).toMatch(/# sshKeys: sshPublicKey # .*fill in the attribute/);
    expect(text).toContain('# members: 5; the board');
    expect(text).toContain('people found below it: 25');
    expect(text).toContain('(members: 7)');
    expect(text).toContain('# To look at: ou=geheim may not be read');
  });

  it('have no base where none was found, and say so', () => {
    const yaml = directoryYaml(place, { ...found, base: '', filter: '', people: 0 });
    expect(yaml.join('\n')).toMatch(/# base: .*fill in the DN/);
    expect(() => parsed(yaml)).toThrow(/directory\.ldap\.base/);
  });

  it('parse where nothing could be proposed, and without a login', () => {
    const { login: _, ca: __, ...bare } = place;
    const none = { ...found, attributes: {}, proposed: {}, groups: [] };
    const { directory } = parsed(directoryYaml({ ...bare, url: 'ldap://10.0.0.4', startTls: true }, none));
    expect(directory).toMatchObject({
      ldap: { startTls: true, groups: {}, attributes: { id: 'entryUUID' } },
    });
    expect(parsed(noDirectoryYaml).directory).toBeUndefined();
  });

  it('come with the commands that make their files', () => {
    const steps = (each: Place) => directorySteps(each).flat().join('\n');
    expect(steps(place)).toContain('openssl rand -hex 32 > secrets/key');
    expect(steps(place)).toContain('> secrets/ldap-password');
    const { login: _, ...anonymous } = place;
    expect(steps(anonymous)).not.toContain('ldap-password');
  });
});

describe('where a directory is', () => {
  it.each([
    ['ldaps://ldap.space', false, 'ldaps://ldap.space'],
    ['ldaps://ldap.space:1636/', false, 'ldaps://ldap.space:1636'],
    ['ldap://10.0.0.4', true, 'ldap://10.0.0.4'],
    ['ldap://127.0.0.1:3890', false, 'ldap://127.0.0.1:3890'],
  ])('is %s', (text, startTls, url) => expect(ldapUrl(text, startTls)).toBe(url));

  it.each([
    ['ldap://10.0.0.4', false],
    ['ldaps://10.0.0.4', true],
    ['https://10.0.0.4', false],
    ['10.0.0.4', false],
    ['ldaps://me:hunter2@10.0.0.4', false],
    ['ldaps://10.0.0.4/dc=x', false],
  ])('is not %s, StartTLS %s', (text, startTls) => {
    expect(() => ldapUrl(text, startTls)).toThrow(UsageError);
    expect(() => ldapUrl(text, startTls)).not.toThrow(/hunter2/);
  });
});
