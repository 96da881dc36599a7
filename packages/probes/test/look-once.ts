import { networkInterfaces } from 'node:os';
import { systemClock } from '@huismeester/clock';
import type { ProbeKind, ProbeOf } from '@huismeester/contracts';
import { createProbe, type Look, type ResolveName } from '../src/index.ts';

const common = {
  id: 'probe',
  core: false,
  poweredBy: [],
  dependsOn: [],
  deadline: '5s',
  down: { failed: 3 },
  up: { good: 2 },
};

type Common = keyof typeof common;
type Fields<K extends ProbeKind> = Omit<ProbeOf<K>, Common | 'kind'> & { deadline?: string };

export interface LookOptions {
  signal?: AbortSignal;
  resolveName?: ResolveName;
}

/** One look of a probe with the common settings' defaults. */
export function lookOnce<K extends ProbeKind>(
  kind: K,
  fields: Fields<K>,
  options: LookOptions = {},
): Promise<Look> {
  const { signal = new AbortController().signal, resolveName } = options;
  const settings = { ...common, ...fields, kind } as unknown as ProbeOf<K>;
  return createProbe(settings, { clock: systemClock, ...(resolveName && { resolveName }) })(signal);
}

/** For `it.skipIf(…)`: a machine without IPv6, such as in many containers. */
export const withoutIpv6 = !Object.values(networkInterfaces())
  .flatMap((each) => each ?? [])
  .some(({ address }) => address === '::1');

/** Both loopback addresses for any name, as /etc/hosts of most machines has them for localhost. */
export const bothLoopbacks: ResolveName = async () => [
  { address: '127.0.0.1', family: 4 },
  { address: '::1', family: 6 },
];
