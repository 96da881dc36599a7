import { Counter, collectDefaultMetrics, Gauge, Histogram, type Registry } from 'prom-client';

type Labels = Readonly<Record<string, string>>;

/** One value, with the labels that distinguish it from the others of its metric. */
interface Sample {
  readonly labels: Labels;
  readonly value: number;
}

interface Description {
  readonly name: string;
  readonly help: string;
  readonly labels: Labels;
  /** The names of the labels that samples add to `labels`. */
  readonly sampleLabels?: readonly string[];
}

type Read = () => number | undefined | readonly Sample[];
type Metric = Gauge | Counter;

const readers = new WeakMap<Metric, Map<string, { labels: Labels; read: Read }>>();

/**
 * A metric of which several services of a process have one each, distinguished by labels. `read` is asked at each scrape:
 * for one number, of which undefined leaves it out, or for as many samples as there are things at that moment. A name in
 * `_total` is a counter, whose values only grow; any other a gauge. The name and the labels' names must be the same everywhere.
 */
export function gauge(registry: Registry, description: Description, read: Read): void {
  const found = registry.getSingleMetric(description.name);
  const metric = found instanceof Gauge || found instanceof Counter ? found : create(registry, description);
  const { labels } = description;
  readers.get(metric)?.set(JSON.stringify(labels), { labels, read });
}

/** Gauges whose names say that they are counters, which `promtool check metrics` refuses; the same without the suffix is there. */
const misnamed = [
  'nodejs_active_handles_total',
  'nodejs_active_requests_total',
  'nodejs_active_resources_total',
];

/** What Prometheus's client reports of every Node process, without what is misnamed. */
export function measureProcess(registry: Registry): void {
  collectDefaultMetrics({ register: registry });
  for (const name of misnamed) registry.removeSingleMetric(name);
}

/** A histogram, and how a value is added to it; `buckets` are upper limits, in the unit of the name. */
export function histogram(
  registry: Registry,
  description: {
    readonly name: string;
    readonly help: string;
    readonly labels: readonly string[];
    readonly buckets: readonly number[];
  },
): (labels: Labels, value: number) => void {
  const { name, help, labels, buckets } = description;
  const options = { name, help, labelNames: [...labels], buckets: [...buckets], registers: [registry] };
  const found = registry.getSingleMetric(name);
  // A service that was closed and is made anew in the same process goes on with the one that it had.
  const metric = found instanceof Histogram ? found : new Histogram(options);
  return (of, value) => metric.observe(of, value);
}

/** A counter, and how one more is added to it. */
export function counter(
  registry: Registry,
  {
    name,
    help,
    labels,
  }: { readonly name: string; readonly help: string; readonly labels: readonly string[] },
): (labels: Labels) => void {
  const found = registry.getSingleMetric(name);
  const options = { name, help, labelNames: [...labels], registers: [registry] };
  const metric = found instanceof Counter ? found : new Counter(options);
  return (of) => metric.inc(of);
}

function create(registry: Registry, { name, help, labels, sampleLabels = [] }: Description): Metric {
  const labelNames = [...Object.keys(labels), ...sampleLabels];
  const configuration = { name, help, labelNames, registers: [registry] };
  const metric: Metric = name.endsWith('_total')
    ? new Counter({ ...configuration, collect: () => collect(metric, labelNames) })
    : new Gauge({ ...configuration, collect: () => collect(metric, labelNames) });
  readers.set(metric, new Map());
  return metric;
}

function collect(metric: Metric, labelNames: readonly string[]): void {
  metric.reset();
  // Without labels a reset leaves a 0 behind, which nobody measured.
  if (labelNames.length === 0) metric.remove();
  for (const { labels, read } of readers.get(metric)?.values() ?? []) {
    for (const sample of samplesOf(read())) metric.inc({ ...labels, ...sample.labels }, sample.value);
  }
}

function samplesOf(found: ReturnType<Read>): readonly Sample[] {
  if (found === undefined) return [];
  return typeof found === 'number' ? [{ labels: {}, value: found }] : found;
}
