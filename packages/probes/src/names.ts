import { Resolver } from 'node:dns/promises';
import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { LookFailure } from './failure.ts';

export interface Address {
  readonly address: string;
  readonly family: 4 | 6;
}

/**
 * The addresses of a host name, at least one. When the signal aborts it answers with what was found until then. Rejects with a
 * {@link LookFailure}: `ENOTFOUND` where it does not exist, `no address` where it has none, `name not resolved` where no
 * resolver gave an answer.
 */
export type ResolveName = (name: string, signal: AbortSignal) => Promise<readonly Address[]>;

export interface NameSources {
  /** `/etc/hosts` if left out. */
  readonly hostsFile?: string;
  /** `/etc/resolv.conf` if left out; of it, the search domains of names without a dot. */
  readonly resolvFile?: string;
  /** `address:port`; those of /etc/resolv.conf if left out. */
  readonly servers?: readonly string[];
}

/**
 * Resolves names by the hosts file and by DNS. Not by getaddrinfo: it cannot be cancelled, and while DNS servers are silent each
 * name holds one of the four threads that files and all other names of this process wait for.
 */
export function createResolveName(sources: NameSources = {}): ResolveName {
  const { hostsFile = '/etc/hosts', resolvFile = '/etc/resolv.conf', servers } = sources;
  return async (name, signal) => {
    const known = inHosts(await textOf(hostsFile), name);
    if (known.length > 0) return known;
    const failures: LookFailure[] = [];
    for (const candidate of candidates(name, await textOf(resolvFile))) {
      const found = await askDns(candidate, signal, servers);
      if (!(found instanceof LookFailure)) return found;
      failures.push(found);
    }
    throw failures.find(({ detail }) => detail === notResolved) ?? failures.at(-1) ?? absent(name);
  };
}

const notResolved = 'name not resolved';
const absent = (cause: unknown) => new LookFailure('no-answer', 'ENOTFOUND', { answered: false, cause });

/** Without the file there is nothing in it. */
async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'EACCES'))
      return '';
    throw error;
  }
}

/** The addresses of a name in the text of a hosts file (hosts(5)). */
export function inHosts(text: string, name: string): Address[] {
  const wanted = name.toLowerCase().replace(/\.$/, '');
  return text.split('\n').flatMap((line) => {
    const [address = '', ...names] = line.replace(/#.*/, '').trim().split(/\s+/);
    const family = isIP(address);
    const matches = names.some((each) => each.toLowerCase() === wanted);
    return matches && (family === 4 || family === 6) ? [{ address, family }] : [];
  });
}

/** A name without a dot is looked for in the search domains of resolv.conf(5) first. */
export function candidates(name: string, resolvConf: string): string[] {
  if (name.includes('.')) return [name];
  const lines = resolvConf.split('\n').map((line) => line.trim().split(/\s+/));
  const [, ...domains] = lines.findLast(([key]) => key === 'search' || key === 'domain') ?? [];
  return [...domains.map((domain) => `${name}.${domain}`), name];
}

async function askDns(
  name: string,
  signal: AbortSignal,
  servers: readonly string[] | undefined,
): Promise<Address[] | LookFailure> {
  // A fresh one reads /etc/resolv.conf again, and holds no answer of before.
  const resolver = new Resolver({ timeout: 1_000, tries: 2 });
  if (servers) resolver.setServers(servers);
  const cancel = () => resolver.cancel();
  signal.addEventListener('abort', cancel, { once: true });
  try {
    const asked = [resolver.resolve4(name), resolver.resolve6(name)] as const;
    if (signal.aborted) cancel();
    const [four, six] = await Promise.allSettled(asked);
    const found = [...addresses(four, 4), ...addresses(six, 6)];
    return found.length > 0 ? found : failureOfDns([four, six]);
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}

function addresses(answer: PromiseSettledResult<string[]>, family: 4 | 6): Address[] {
  return answer.status === 'fulfilled' ? answer.value.map((address) => ({ address, family })) : [];
}

function failureOfDns(answers: readonly PromiseSettledResult<string[]>[]): LookFailure {
  const errors: unknown[] = answers.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []));
  const codes = errors.map((error) => (error instanceof Error && 'code' in error ? error.code : undefined));
  const [cause] = errors;
  if (codes.some((code) => code === 'ENOTFOUND' || code === 'EBADNAME')) return absent(cause);
  if (codes.every((code) => code === 'ENODATA'))
    return new LookFailure('no-answer', 'no address', { answered: false, cause });
  return new LookFailure('no-answer', notResolved, { answered: false, cause });
}
