import type { Ups } from '@huismeester/contracts';
import { gauge, type ServiceContext } from '@huismeester/service';

interface Metric {
  readonly help: string;
  readonly read: (ups: Ups) => number | undefined;
}

/** What can be read only while the UPS can be; without contact nobody knows it. */
const seen =
  (read: (ups: Ups) => number | undefined): Metric['read'] =>
  (ups) =>
    ups.contact === 'ok' ? read(ups) : undefined;

const ratio = (percent: number | undefined) => (percent === undefined ? undefined : percent / 100);

/** In Prometheus's base units: seconds, volts, watts, and ratios for percents. What nobody knows has no value. */
const metrics: Readonly<Record<string, Metric>> = {
  huismeester_ups_contact: {
    help: '1: the UPS can be read',
    read: ({ contact }) => (contact === 'unknown' ? undefined : Number(contact === 'ok')),
  },
  huismeester_ups_on_battery: {
    help: '1: on battery, as last known',
    read: ({ mains }) => (mains === 'unknown' ? undefined : Number(mains === 'on-battery')),
  },
  huismeester_ups_battery_low: {
    help: '1: the battery is low while the UPS runs on it',
    read: seen(({ low }) => Number(low)),
  },
  huismeester_ups_replace_battery: {
    help: '1: the UPS asks for a new battery',
    read: seen(({ replaceBattery }) => Number(replaceBattery)),
  },
  huismeester_ups_charge_ratio: {
    help: 'Charge of the battery, 0 to 1',
    read: seen(({ charge_pct }) => ratio(charge_pct)),
  },
  huismeester_ups_runtime_seconds: {
    help: 'How long the battery lasts at the present load',
    read: seen(({ runtime_s }) => runtime_s),
  },
  huismeester_ups_load_ratio: {
    help: 'Load, as a part of what the UPS can give',
    read: seen(({ load_pct }) => ratio(load_pct)),
  },
  huismeester_ups_power_watts: { help: 'Power that is drawn', read: seen(({ power_w }) => power_w) },
  huismeester_ups_input_volts: { help: 'Voltage of the mains', read: seen(({ input_v }) => input_v) },
  huismeester_ups_output_volts: { help: 'Voltage given', read: seen(({ output_v }) => output_v) },
  huismeester_ups_battery_volts: {
    help: 'Voltage of the battery',
    read: seen(({ battery_v }) => battery_v),
  },
};

/** Adds the gauges of one UPS; each is read at the scrape. */
export function addMetrics(registry: ServiceContext['metrics'], id: string, read: () => Ups): void {
  for (const [name, metric] of Object.entries(metrics)) {
    gauge(registry, { name, help: metric.help, labels: { ups: id } }, () => metric.read(read()));
  }
}
