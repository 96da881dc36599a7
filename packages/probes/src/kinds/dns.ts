import { Resolver } from 'node:dns/promises';
import { isIPv6, SocketAddress } from 'node:net';
import { milliseconds, type ProbeOf } from '@huismeester/contracts';
import type { Attempt, Good } from '../attempt.ts';
import { LookFailure } from '../failure.ts';
import { hostProbe } from '../host.ts';
import type { ProbeMaker } from '../look.ts';
import { openUdp } from '../udp.ts';

type Settings = ProbeOf<'dns'>;

/**
 * One question to one DNS server. With `expect`, one of the answers must be that text: an address, a name, `10 mail.space` of an
 * MX record, `0 5 5060 sip.space` of an SRV record (priority, weight, port, name), the whole text of a TXT record, or the name server
 * of a SOA record.
 */
export const dns: ProbeMaker<ProbeOf<'dns'>> = (settings, around) =>
  hostProbe(settings.server, settings, around, (attempt) => ask(attempt, settings));

async function ask(attempt: Attempt, settings: Settings): Promise<Good> {
  const { name, type, port, expect } = settings;
  // Of a missing route c-ares says that it was refused, which is an answer: the kernel is asked first.
  await openUdp(attempt, port);
  // Its own time-outs run two to four times over, so that the attempt's signal ends it, with `cancel`.
  const resolver = new Resolver({ timeout: 2 * milliseconds(settings.deadline), tries: 1 });
  const { address } = attempt.address;
  resolver.setServers([isIPv6(address) ? `[${address}]:${port}` : `${address}:${port}`]);
  attempt.whenOver(() => resolver.cancel());
  const answers = await questions[type](resolver, name).catch((error: unknown) => {
    throw failureOfDns(attempt, error);
  });
  attempt.heard();
  const latencyMs = attempt.elapsedMs();
  if (answers.length === 0) throw new LookFailure('wrong-answer', 'no record');
  const isExpected = (answer: string) =>
    type === 'TXT' ? answer === expect : canonical(answer) === canonical(expect ?? '');
  if (expect !== undefined && !answers.some(isExpected))
    throw new LookFailure('wrong-answer', `another ${type} record than expected`);
  return { latencyMs };
}

/** What c-ares makes of the response codes of RFC 1035, 4.1.1, and of what is no response. */
const wrong: Readonly<Record<string, string>> = {
  ENOTFOUND: 'NXDOMAIN',
  ENODATA: 'no record',
  ESERVFAIL: 'SERVFAIL',
  EFORMERR: 'FORMERR',
  ENOTIMP: 'NOTIMP',
  EBADRESP: 'not DNS',
};

function failureOfDns(attempt: Attempt, cause: unknown): unknown {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const detail = wrong[code];
  if (detail !== undefined || code === 'EREFUSED') attempt.heard();
  if (detail !== undefined) return new LookFailure('wrong-answer', detail, { cause });
  if (code === 'EREFUSED') return new LookFailure('refused', 'REFUSED', { cause });
  if (code === 'ETIMEOUT' || code === 'ECANCELLED') return new LookFailure('no-answer', code, { cause });
  if (code === 'EBADNAME') return new LookFailure('not-allowed-here', 'not a domain name', { cause });
  return cause;
}

/** The answers of each type as text. */
const questions: Readonly<Record<Settings['type'], (resolver: Resolver, name: string) => Promise<string[]>>> =
  {
    A: (resolver, name) => resolver.resolve4(name),
    AAAA: (resolver, name) => resolver.resolve6(name),
    CNAME: (resolver, name) => resolver.resolveCname(name),
    NS: (resolver, name) => resolver.resolveNs(name),
    PTR: (resolver, name) => resolver.resolvePtr(name),
    // One is several strings, of at most 255 bytes each.
    TXT: async (resolver, name) => (await resolver.resolveTxt(name)).map((parts) => parts.join('')),
    SOA: async (resolver, name) => [(await resolver.resolveSoa(name)).nsname],
    MX: async (resolver, name) =>
      (await resolver.resolveMx(name)).map(({ priority, exchange }) => `${priority} ${exchange}`),
    SRV: async (resolver, name) =>
      (await resolver.resolveSrv(name)).map(
        (each) => `${each.priority} ${each.weight} ${each.port} ${each.name}`,
      ),
  };

/** Names are the same in upper case, and with the dot of the root; IPv6 addresses are so in many ways. */
function canonical(answer: string): string {
  if (isIPv6(answer)) return new SocketAddress({ address: answer, family: 'ipv6' }).address;
  return answer.toLowerCase().replace(/\.$/, '');
}
