import type { BrokerConnection } from '@huismeester/broker';
import { pivots } from '@huismeester/contracts';
import type { Clock } from '@huismeester/service';

const metrics = pivots.netwatch;
type Metric = (typeof metrics)[number];

/** A pivot holds a number of every thing: sent for each change of each of them, its cost would grow with their square. */
const everyMs = 500;

/** One message a metric over all things, at most every 500 ms; undefined takes a thing out. */
export function createPivots(broker: BrokerConnection | undefined, clock: Clock) {
  const lines = new Map<Metric, Map<string, number>>(metrics.map((metric) => [metric, new Map()]));
  const changed = new Set<Metric>();
  let waiting = false;
  const send = () => {
    waiting = false;
    for (const metric of changed) broker?.graf(metric, Object.fromEntries(lines.get(metric) ?? []));
    changed.clear();
  };
  return {
    set(metric: Metric, key: string, value: number | undefined): void {
      const line = lines.get(metric);
      if (!line || line.get(key) === value) return;
      if (value === undefined) line.delete(key);
      else line.set(key, value);
      changed.add(metric);
      if (waiting) return;
      waiting = true;
      clock.after(everyMs, send, { background: true });
    },
  };
}
