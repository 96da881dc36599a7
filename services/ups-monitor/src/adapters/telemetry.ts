import type { BrokerConnection } from '@huismeester/broker';
import { pivots, type Ups } from '@huismeester/contracts';
import type { Clock } from '@huismeester/service';
import { payloadOf } from '../core/resource.ts';

const metrics = pivots['ups-monitor'];
type Metric = (typeof metrics)[number];

/** A pivot holds a number of every UPS: sent for each change of each of them, its cost would grow with their square. */
const pivotEveryMs = 500;

export interface Telemetry {
  /** Publishes a UPS as it is now, if that differs from before; the connection repeats it every 9 s. */
  publish(ups: Ups): void;
  /** Clears the state of a UPS that left the settings. */
  forget(id: string): void;
}

/** Publishes the UPSes on MQTT: a retained state each, and one pivot a metric over all of them, at most every 500 ms. */
export function createTelemetry(broker: BrokerConnection | undefined, clock: Clock): Telemetry {
  const lines = new Map<Metric, Map<string, number>>(metrics.map((metric) => [metric, new Map()]));
  const changed = new Set<Metric>();
  let waiting = false;
  const sendPivots = () => {
    waiting = false;
    for (const metric of changed) broker?.graf(metric, Object.fromEntries(lines.get(metric) ?? []));
    changed.clear();
  };
  return {
    publish(ups) {
      broker?.state('ups', ups.id, payloadOf(ups));
      for (const [metric, line] of lines) {
        // What is known of a UPS without contact is old, and no point of a line.
        const value = ups.contact === 'ok' ? ups[metric] : undefined;
        if (line.get(ups.id) === value) continue;
        if (value === undefined) line.delete(ups.id);
        else line.set(ups.id, value);
        changed.add(metric);
      }
      if (changed.size === 0 || waiting) return;
      waiting = true;
      clock.after(pivotEveryMs, sendPivots, { background: true });
    },
    forget: (id) => broker?.removeState('ups', id),
  };
}
