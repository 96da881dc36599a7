import { gauge, type ServiceContext } from '@huismeester/service';
import type { Network } from './network.ts';

const stateNumbers = { up: 1, down: 0, unknown: undefined } as const;

/** The gauges of all things; what is unknown has no value. */
export function meterNetwork(metrics: ServiceContext['metrics'], { views, ledger, traps }: Network): void {
  const add = (name: string, help: string, sampleLabels: string[], read: () => Sample[]) =>
    gauge(metrics, { name, help, labels: {}, sampleLabels }, read);
  add('huismeester_probe_up', '1: the service answers as it should; left out: unknown', ['probe'], () =>
    views.probes().flatMap(({ id, state }) => sample({ probe: id }, stateNumbers[state])),
  );
  add('huismeester_probe_latency_seconds', 'Of the last good look', ['probe'], () =>
    views.probes().flatMap(({ id, latency_ms }) => sample({ probe: id }, latency_ms && latency_ms / 1000)),
  );
  add('huismeester_probe_certificate_expiry_timestamp_seconds', 'When the certificate ends', ['probe'], () =>
    views
      .probes()
      .flatMap(({ id, certificate }) =>
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
  const ports = () => views.ports().filter(({ role }) => role !== undefined && role !== 'ignore');
}

interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

function sample(labels: Sample['labels'], value: number | undefined): Sample[] {
  return value === undefined ? [] : [{ labels, value }];
}
