import { expect, test } from 'vitest';
import { modifyCommand } from './ldif.ts';

test('a command is quoted for the shell, and its values for LDIF', () => {
  const url = "ldap://it's:389";
  const edits = [
    { dn: 'cn=team,dc=space', change: 'add', attribute: 'member', value: 'uid=p1,dc=space' },
    { dn: ' cn=x', change: 'delete', attribute: 'memberUid', value: 'pé' },
    { dn: ':', change: 'delete', attribute: 'memberUid', value: 'p1 ' },
    { dn: '<', change: 'delete', attribute: 'memberUid', value: 'a\nLDIF\nb\u001b[2J' },
  ] as const;
  expect(
    modifyCommand(edits, { url, startTls: true }),
  ).toBe(`ldapmodify -x -ZZ -H 'ldap://it'\\''s:389' -D "$LDAP_ADMIN" -W <<'LDIF'
dn: cn=team,dc=space
changetype: modify
add: member
member: uid=p1,dc=space

dn:: IGNuPXg=
changetype: modify
delete: memberUid
memberUid:: cMOp

dn:: Og==
changetype: modify
delete: memberUid
memberUid:: cDEg

dn:: PA==
changetype: modify
delete: memberUid
memberUid:: YQpMRElGCmIbWzJK
LDIF
`);
});
