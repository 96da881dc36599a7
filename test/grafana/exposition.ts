/** A metric as a scrape shows it. */
export interface Metric {
  readonly type: string;
  /** The labels of its samples; none are known while there are no samples. */
  readonly labels: readonly string[];
  readonly samples: number;
}

/** The metrics of an answer in Prometheus's text format, by name. */
export function metricsIn(text: string): Map<string, Metric> {
  const types = new Map(
    [...text.matchAll(/^# TYPE (\w+) (\w+)$/gm)].map(([, name = '', type = '']) => [name, type]),
  );
  const labels = new Map<string, Set<string>>();
  const samples = new Map<string, number>();
  for (const [, sample = '', inside = ''] of text.matchAll(/^(\w+)(?:\{(.*)\})? [^ ]+$/gm)) {
    const name = familyOf(sample, types);
    const known = labels.get(name) ?? new Set();
    for (const label of inside.match(/\w+(?==")/g) ?? []) known.add(label);
    labels.set(name, known);
    samples.set(name, (samples.get(name) ?? 0) + 1);
  }
  return new Map(
    [...types].map(([name, type]) => [
      name,
      { type, labels: [...(labels.get(name) ?? [])], samples: samples.get(name) ?? 0 },
    ]),
  );
}

/** The metric that a name in a sample or an expression is of: a histogram's samples have names of their own. */
export function familyOf(name: string, known: { has(name: string): boolean }): string {
  const base = name.replace(/_(bucket|sum|count)$/, '');
  return known.has(name) || !known.has(base) ? name : base;
}
