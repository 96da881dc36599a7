import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { UsageError } from '../../errors.ts';
import type { InitPart } from '../../feature.ts';
import { codeOf } from '../../private-file.ts';
import type { Shell } from '../../shell.ts';
import { noDirectoryYaml, type Place, passwordFile } from './directory-yaml.ts';
import { ldapUrl } from './ldap-url.ts';

interface LdapOptions {
  readonly ldap?: string;
  readonly startTls?: boolean;
  readonly ldapBindDn?: string;
  readonly ldapPasswordFile?: string;
  readonly ldapCa?: string;
  readonly ldapBase?: string;
}

/** `init`: the directory of people, by what it shows of itself. */
export const init: InitPart = {
  addOptions: (command) =>
    void command
      .option('--ldap <url>', 'a directory to look at: ldaps://HOST, or ldap://HOST with --start-tls')
      .option('--start-tls', 'of ldap://: nothing is said before TLS is begun')
      .option('--ldap-bind-dn <dn>', 'as whom to read it; nobody if left out')
      .option('--ldap-password-file <file>', 'the password for that; asked for if left out')
      .option(
        '--ldap-ca <file>',
        'the certificate, in PEM, of the authority that signed that of the directory',
      )
      .option('--ldap-base <dn>', 'where to look; found out if left out'),
  isGiven: (options: LdapOptions) => options.ldap !== undefined,
  async prepare(options: LdapOptions, shell, prompting) {
    const place = await placeOf(options, shell, prompting);
    if (place === undefined) return async () => ({ yaml: noDirectoryYaml, steps: [] });
    return async () => {
      const { lookAtDirectory } = await import('./look.ts');
      return await lookAtDirectory(place);
    };
  },
};

/** Undefined where there is none to look at. */
async function placeOf(options: LdapOptions, shell: Shell, prompting: boolean): Promise<Place | undefined> {
  const url =
    options.ldap ?? (await answer(shell, prompting, 'Where is LDAP? ldaps://HOST; nothing if none: '));
  if (url === undefined) {
    const { ldap: _, ...others } = options;
    const given = (['startTls', 'ldapBindDn', 'ldapPasswordFile', 'ldapCa', 'ldapBase'] as const).some(
      (key) => others[key] !== undefined,
    );
    if (given)
      throw new UsageError(
        '--ldap-… and --start-tls are for a directory: say which, with --ldap ldaps://HOST',
      );
    return undefined;
  }
  const at = ldapUrl(url, options.startTls ?? false);
  const ca = options.ldapCa === undefined ? undefined : await fileOf('--ldap-ca', options.ldapCa, shell.cwd);
  if (ca !== undefined && !ca.text.includes('-----BEGIN CERTIFICATE-----')) {
    throw new UsageError(`--ldap-ca ${ca.path} holds no certificate in PEM (-----BEGIN CERTIFICATE-----)`);
  }
  const bindDn =
    options.ldapBindDn ??
    (await answer(
      shell,
      true,
      'As whom to read it? A DN, such as cn=huismeester,dc=space; nothing: as nobody: ',
    ));
  const base = options.ldapBase;
  const login = bindDn === undefined ? noLogin(options) : await loginOf(bindDn, options, shell);
  return {
    url: at,
    startTls: options.startTls ?? false,
    ...(ca && { ca }),
    ...(login && { login }),
    ...(base !== undefined && { base }),
  };
}

function noLogin({ ldapPasswordFile }: LdapOptions): undefined {
  if (ldapPasswordFile !== undefined)
    throw new UsageError('--ldap-password-file is of somebody: say of whom, with --ldap-bind-dn');
}

/** Without a terminal nobody is asked. */
async function answer({ ask }: Shell, isAsked: boolean, question: string): Promise<string | undefined> {
  const text = isAsked && ask ? (await ask(question)).trim() : '';
  return text === '' ? undefined : text;
}

/** The password stands in no argument, and in nothing that is printed. */
async function loginOf(
  bindDn: string,
  { ldapPasswordFile }: LdapOptions,
  { cwd, askSecret }: Shell,
): Promise<NonNullable<Place['login']>> {
  if (ldapPasswordFile !== undefined) {
    const { path, text } = await fileOf('--ldap-password-file', ldapPasswordFile, cwd);
    const password = text.trim();
    if (password !== '') return { bindDn, password, file: path, isThere: true };
    throw new UsageError(`--ldap-password-file ${path} is empty: it holds the password of ${bindDn}`);
  }
  const password = await askSecret?.(`The password of ${bindDn} (not shown): `);
  // Many servers take an empty password for no login at all (RFC 4513, 5.1.2).
  if (password) return { bindDn, password, file: passwordFile, isThere: false };
  throw new UsageError(
    `the password of ${bindDn} is missing: put it in a file, and name that in --ldap-password-file`,
  );
}

async function fileOf(option: string, file: string, cwd: string): Promise<{ path: string; text: string }> {
  const path = resolve(cwd, file);
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new UsageError(`${option} ${path} cannot be read (${codeOf(cause)})`, { cause });
  });
  return { path, text };
}
