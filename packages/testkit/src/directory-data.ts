/** LDIF of ou=people below a suffix, with so many people: `p0`, `p1`, … */
export function peopleLdif(suffix: string, count: number): string {
  const people = Array.from(
    { length: count },
    (_, number) => `dn: uid=p${number},ou=people,${suffix}
objectClass: inetOrgPerson
uid: p${number}
cn: Person ${number}
sn: ${number}
mail: p${number}@example.org
userPassword: secret-p${number}
`,
  );
  return `dn: ou=people,${suffix}\nobjectClass: organizationalUnit\nou: people\n\n${people.join('\n')}\n`;
}

/**
 * LDIF of ou=groups below a suffix, with so many groups of so many of the first `people` people; they are members of the group `team`,
 * and of nothing else.
 */
export function groupsLdif(
  suffix: string,
  { groups, members, people }: { groups: number; members: number; people: number },
): string {
  const each = Array.from({ length: groups }, (_, number) => {
    const dns = Array.from(
      { length: members },
      (_, member) => `uid=p${(number * members + member) % people},ou=people,${suffix}`,
    );
    return groupLdif(suffix, `group${number}`, dns);
  });
  const within = Array.from({ length: groups }, (_, number) => `cn=group${number},ou=groups,${suffix}`);
  return `dn: ou=groups,${suffix}\nobjectClass: organizationalUnit\nou: groups\n\n${[...each, groupLdif(suffix, 'team', within)].join('\n')}\n`;
}

function groupLdif(suffix: string, cn: string, dns: readonly string[]): string {
  const members = dns.map((dn) => `member: ${dn}\n`).join('');
  return `dn: cn=${cn},ou=groups,${suffix}\nobjectClass: groupOfNames\ncn: ${cn}\n${members}`;
}
