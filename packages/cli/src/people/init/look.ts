import { DirectoryError, type Explored, exploreLdap } from '@huismeester/directory';
import { NotFine } from '../../errors.ts';
import type { InitSection } from '../../feature.ts';
import { english } from '../words-en.ts';
import { directorySteps, directoryYaml, type Place } from './directory-yaml.ts';

const deadlineMs = 45_000;

/** Looks at the directory and proposes its settings. Throws {@link NotFine} with what to do. */
export async function lookAtDirectory(place: Place): Promise<InitSection> {
  const found = await explore(place);
  return { yaml: directoryYaml(place, found), steps: directorySteps(place) };
}

async function explore({ url, startTls, ca, login, base }: Place): Promise<Explored> {
  const options = {
    url,
    startTls,
    ...(ca && { ca: ca.text }),
    ...(login && { bindDn: login.bindDn, bindPassword: login.password }),
    ...(base !== undefined && { base }),
  };
  try {
    return await exploreLdap(options, AbortSignal.timeout(deadlineMs));
  } catch (error) {
    if (!(error instanceof DirectoryError)) throw error;
    const hint = hints[error.reason] ?? english.directory.remedies[error.reason];
    const where = error.message.includes(url) ? '' : `${url}: `;
    throw new NotFine(`${where}${error.message}\n  ${hint}`, { cause: error });
  }
}

/** Where settings, which the usual hints name, are not there yet. */
const hints: Partial<Record<DirectoryError['reason'], string>> = {
  'no-answer': 'Does slapd or another directory run there, with TLS, and is no firewall between?',
  tls: 'Nothing was sent to it. Name the certificate of the authority that signed its own: --ldap-ca FILE. The name in the URL must be in the certificate.',
  'wrong-secret': 'Correct --ldap-bind-dn and the password. Is that account locked?',
  refused:
    'It may not be read by nobody: give --ldap-bind-dn and its password, of an account that may read people and groups.',
  'base-gone': 'Give --ldap-base, the DN below which all people are, or an account that may read it.',
};
