/** A database of slapd: all below a suffix. */
export interface SlapdDatabase {
  /** LDIF of the entries below the suffix; a `userPassword` may be in clear text. */
  readonly entries?: string;
  /** Lines of the database's olcAccess; by default everybody reads, and nobody a password. */
  readonly access?: readonly string[];
  /** More lines of the database in cn=config, such as `olcLimits: …`. */
  readonly database?: readonly string[];
  /** Overlays of the database by name (`dynlist`, `ppolicy`), each with its lines in cn=config: its objectClass first. */
  readonly overlays?: Readonly<Record<string, readonly string[]>>;
}

export interface SlapdServer {
  /** Lines for cn=config, such as `olcDisallows: bind_anon`. */
  readonly settings?: readonly string[];
  /** PEM; it then offers StartTLS, and LDAPS on a port of its own. */
  readonly certificate?: { readonly chain: string; readonly key: string };
  /** Modules besides back_mdb, such as dynlist. */
  readonly modules?: readonly string[];
  /** Names of files in /etc/ldap/schema besides core, cosine, nis and inetorgperson. */
  readonly schemas?: readonly string[];
  /** The password of cn=config, which may then change the configuration while it runs. */
  readonly configPassword?: string;
}

const open = 'to attrs=userPassword by anonymous auth by * none';

/**
 * What other directories have and no schema of Debian's does: public keys as OpenSSH's LDAP patch has them; ids of Active Directory, 389 DS
 * and FreeIPA; how 389 DS and eDirectory disable an account. An entry may have them as an extensibleObject.
 */
const otherSchema = `dn: cn=others,cn=schema,cn=config
objectClass: olcSchemaConfig
cn: others
olcAttributeTypes: ( 1.3.6.1.4.1.24552.500.1.1.1.13 NAME 'sshPublicKey' EQUALITY octetStringMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.40 )
olcAttributeTypes: ( 1.2.840.113556.1.4.2 NAME 'objectGUID' EQUALITY octetStringMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.40 SINGLE-VALUE )
olcAttributeTypes: ( 2.16.840.1.113730.3.1.542 NAME 'nsUniqueId' EQUALITY caseIgnoreMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 SINGLE-VALUE )
olcAttributeTypes: ( 2.16.840.1.113730.3.8.3.1 NAME 'ipaUniqueID' EQUALITY caseIgnoreMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 SINGLE-VALUE )
olcAttributeTypes: ( 2.16.840.1.113730.3.1.610 NAME 'nsAccountLock' EQUALITY caseIgnoreMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 SINGLE-VALUE )
olcAttributeTypes: ( 2.16.840.1.113719.1.1.4.1.101 NAME 'loginDisabled' EQUALITY booleanMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.7 SINGLE-VALUE )
`;

/** cn=config without a database, as LDIF. `dir` has its certificate and will have its pid. */
export function serverConfiguration(dir: string, server: SlapdServer): string {
  const { settings = [], certificate, modules = [], schemas = [], configPassword } = server;
  const tls = certificate
    ? [`olcTLSCertificateFile: ${dir}/server.crt`, `olcTLSCertificateKeyFile: ${dir}/server.key`]
    : [];
  const loaded = ['back_mdb', ...modules].map((name) => `olcModuleLoad: ${name}\n`);
  const files = ['core', 'cosine', 'nis', 'inetorgperson', ...schemas];
  return `dn: cn=config
objectClass: olcGlobal
cn: config
olcPidFile: ${dir}/slapd.pid
${[...tls, ...settings].map((line) => `${line}\n`).join('')}
dn: cn=module,cn=config
objectClass: olcModuleList
cn: module
olcModulePath: /usr/lib/ldap
${loaded.join('')}
dn: cn=schema,cn=config
objectClass: olcSchemaConfig
cn: schema

${files.map((name) => `include: file:///etc/ldap/schema/${name}.ldif\n`).join('\n')}
${otherSchema}
${configPassword === undefined ? '' : configDatabase(configPassword)}`;
}

function configDatabase(password: string): string {
  return `dn: olcDatabase={0}config,cn=config
objectClass: olcDatabaseConfig
olcDatabase: {0}config
olcRootDN: cn=config
olcRootPW: ${password}

`;
}

/** An entry of cn=config. */
export interface ConfigEntry {
  readonly dn: string;
  readonly lines: readonly string[];
}

/** A database and its overlays as entries of cn=config; its files are in `dir`. `number` is its place among the databases. */
export function databaseConfiguration(
  dir: string,
  suffix: string,
  number: number,
  { access = [open, 'to * by * read'], database = [], overlays = {} }: SlapdDatabase,
): ConfigEntry[] {
  const dn = `olcDatabase={${number}}mdb,cn=config`;
  const main = [
    'objectClass: olcMdbConfig',
    `olcDatabase: {${number}}mdb`,
    `olcSuffix: ${suffix}`,
    `olcRootDN: cn=admin,${suffix}`,
    'olcRootPW: admin',
    `olcDbDirectory: ${dir}`,
    'olcDbNoSync: TRUE',
    'olcDbIndex: objectClass,uid,mail,entryUUID eq',
    ...access.map((rule, index) => `olcAccess: {${index}}${rule}`),
    ...database,
  ];
  const over = Object.entries(overlays).map(([name, lines], index) => ({
    dn: `olcOverlay={${index}}${name},${dn}`,
    lines: [...lines, `olcOverlay: {${index}}${name}`],
  }));
  return [{ dn, lines: main }, ...over];
}

export function ldifOf(entries: readonly ConfigEntry[]): string {
  return entries.map(({ dn, lines }) => `dn: ${dn}\n${lines.map((line) => `${line}\n`).join('')}`).join('\n');
}

/** LDIF of the suffix's own entry. */
export function suffixEntry(suffix: string): string {
  const dc = /^dc=([^,]+)/.exec(suffix)?.[1] ?? 'space';
  return `dn: ${suffix}\nobjectClass: dcObject\nobjectClass: organization\no: ${dc}\ndc: ${dc}\n`;
}
