import { groupsLdif, peopleLdif, type Slapd, startSlapd } from '@huismeester/testkit';

/** A directory of a slapd of its own. */
export interface BigDirectory {
  readonly slapd: Slapd;
  /** `directory` of space.yaml. */
  readonly settings: object;
  readonly dnOf: (uid: string) => string;
  close(): Promise<void>;
}

const suffix = 'dc=space';
const dnOf = (uid: string) => `uid=${uid},ou=people,${suffix}`;
/** Whoever reads is no administrator, for whom slapd checks no rights. */
const reader = dnOf('p0');

/** Its people are `p0`, `p1`, … with the passwords `secret-p0`, …; the participants are 50 groups of 200, or all, where `groups` is false. */
export async function startBigDirectory(people: number, groups: boolean): Promise<BigDirectory> {
  const within = groups ? groupsLdif(suffix, { groups: 50, members: 200, people }) : '';
  const slapd = await startSlapd({
    suffix,
    entries: `${peopleLdif(suffix, people)}${within}`,
    database: [`olcLimits: dn.exact="${reader}" size.prtotal=unlimited`],
  });
  const ldap = {
    urls: [`ldap://127.0.0.1:${slapd.port}`],
    bindDn: reader,
    bindPassword: passwordOf('p0'),
    base: `ou=people,${suffix}`,
    groups: groups ? { participants: `cn=team,ou=groups,${suffix}` } : {},
  };
  return { slapd, settings: { ldap, every: '40s' }, dnOf, close: slapd.close };
}

export function passwordOf(uid: string): string {
  return `secret-${uid}`;
}
