import { gauge, type ServiceContext } from '@huismeester/service';
import type { Network } from './network.ts';

const stateNumbers = { up: 1, down: 0, unknown: undefined } as const;

/** A scrape asks one gauge after the other, without a pause: what they all are made of is read once for it. */
export function oncePerScrape<T>(read: () => T): () => T {
  let found: { readonly value: T } | undefined;
  return () => {
    if (!found) {
      found = { value: read() };
      queueMicrotask(() => {
        found = undefined;
      });
    }
    return found.value;
  };
}

/** The gauges of all things; what is unknown has no value. */
export function meterNetwork(metrics: ServiceContext['metrics'], { views, ledger, traps }: Network): void {
  const probes = oncePerScrape(() => views.probes());
  const ports = oncePerScrape(() =>
    views.ports().filter(({ role }) => role !== undefined && role !== 'ignore'),
  );
  const add = (name: string, help: string, sampleLabels: string[], read: () => Sample[]) =>
    gauge(metrics, { name, help, labels: {}, sampleLabels }, read);
  add('huismeester_probe_up', '1: the service answers as it should; left out: unknown', ['probe'], () =>
    probes().flatMap(({ id, state }) => sample({ probe: id }, stateNumbers[state])),
  );
  add('huismeester_probe_latency_seconds', 'Of the last good look', ['probe'], () =>
    probes().flatMap(({ id, latency_ms }) => sample({ probe: id }, latency_ms && latency_ms / 1000)),
  );
  add('huismeester_probe_certificate_expiry_timestamp_seconds', 'When the certificate ends', ['probe'], () =>
    probes().flatMap(({ id, certificate }) =>
      sample({ probe: id }, certificate && Date.parse(certificate.until) / 1000),
    ),
  );
  add('huismeester_switch_up', '1: the switch answers; left out: unknown', ['switch'], () =>
    views.switches().flatMap(({ id, state }) => sample({ switch: id }, stateNumbers[state])),
  );
  add('huismeester_port_up', '1: the port has its link; ports with a role', ['switch', 'port'], () =>
    ports().flatMap(({ switch: owner, id, state }) =>
      sample({ switch: owner, port: id }, stateNumbers[state]),
    ),
  );
  add(
    'huismeester_port_receive_bits_per_second',
    'Octets that came in; ports with a role',
    ['switch', 'port'],
    () => ports().flatMap(({ switch: owner, id, in_bps }) => sample({ switch: owner, port: id }, in_bps)),
  );
  add(
    'huismeester_port_transmit_bits_per_second',
    'Octets that went out; ports with a role',
    ['switch', 'port'],
    () => ports().flatMap(({ switch: owner, id, out_bps }) => sample({ switch: owner, port: id }, out_bps)),
  );
  gauge(
    metrics,
    { name: 'huismeester_incidents_open', help: 'Incidents that are open', labels: {} },
    () => [...ledger.world().incidents.values()].filter(({ closedAt }) => closedAt === undefined).length,
  );
  add('huismeester_traps_total', 'Traps and informs, taken or why not', ['outcome'], () =>
    Object.entries(traps.counts() ?? {}).map(([outcome, value]) => ({ labels: { outcome }, value })),
  );
}

interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

function sample(labels: Sample['labels'], value: number | undefined): Sample[] {
  return value === undefined ? [] : [{ labels, value }];
}
