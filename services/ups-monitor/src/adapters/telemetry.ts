import type { BrokerConnection } from '@huismeester/broker';
import { pivots, type Ups } from '@huismeester/contracts';
import { payloadOf } from '../core/resource.ts';

const metrics = pivots['ups-monitor'];
type Metric = (typeof metrics)[number];

export interface Telemetry {
  /** Shows a UPS as it is now; the connection sends it on change and every 10 s. */
  show(ups: Ups): void;
  /** Clears the state of a UPS that left the settings. */
  forget(id: string): void;
}

/** Shows the UPSes on MQTT: a retained state each, and one pivot a metric over all of them. */
export function createTelemetry(broker: BrokerConnection | undefined): Telemetry {
  const shown = new Map<string, Ups>();
  const charted = new Set<Metric>();
  return {
    show(ups) {
      shown.set(ups.id, ups);
      broker?.state('ups', ups.id, payloadOf(ups));
      for (const metric of metrics) {
        const pivot = pivotOf([...shown.values()], metric);
        // Once there was a line, an empty pivot ends it; the last one would be repeated.
        if (Object.keys(pivot).length === 0 && !charted.has(metric)) continue;
        charted.add(metric);
        broker?.graf(metric, pivot);
      }
    },
    forget: (id) => broker?.removeState('ups', id),
  };
}

/** One key per UPS that is in contact: what is known of another is old, and no point of a line. */
function pivotOf(upses: readonly Ups[], metric: Metric): Record<string, number> {
  return Object.fromEntries(
    upses.flatMap(({ id, contact, [metric]: value }) =>
      contact === 'ok' && value !== undefined ? [[id, value]] : [],
    ),
  );
}
