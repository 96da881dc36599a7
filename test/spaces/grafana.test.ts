import { skipWithout, waitFor } from '@huismeester/testkit';
import { beforeAll, describe, expect, it } from 'vitest';
import { dashboards, expressionsOf, topicsOf } from '../grafana/dashboards.ts';
import { familyOf, type Metric, metricsIn } from '../grafana/exposition.ts';
import { metricsTold } from '../grafana/metrics-table.ts';
import { namedIn } from '../grafana/promql.ts';
import { startHouse } from './e2e/house.ts';
import type { House } from './e2e/house-types.ts';
import { type Listener, listen } from './e2e/listener.ts';

/** What Prometheus itself knows of every target. */
const ofPrometheus = { metrics: ['up'], labels: ['job', 'instance'] };
const isOwn = (name: string) => name.startsWith('huismeester_');

const told = metricsTold();
const expressions = dashboards().flatMap(({ file, dashboard }) =>
  expressionsOf(dashboard).map((each) => ({ ...each, where: `${file}, ${each.where}` })),
);

const skip = skipWithout('upsd', 'postgres');
describe.skipIf(skip)('the dashboards, held against a Huismeester in a power cut', () => {
  let house: House;
  let listener: Listener;
  let metrics: ReadonlyMap<string, Metric>;

  beforeAll(async () => {
    house = await startHouse({
      database: 'postgres',
      broker: 'embedded',
      network: true,
      inThisProcess: true,
    });
    listener = await listen(house.mqttUrl, house.root);
    // What changes is sent at once; what does not, only every 9 s.
    const set = (variable: string, value: string) => house.upsd.set('rack', variable, value);
    await Promise.all([set('battery.charge', '99'), set('battery.runtime', '2390'), set('ups.load', '24')]);
    await set('ups.status', 'OB DISCHRG');
    metrics = await waitFor('a request to Proxmox is counted', async () => {
      const found = metricsIn(await house.text('/metrics'));
      return (found.get('huismeester_power_requests_total')?.samples ?? 0) > 0 && found;
    });
    return async () => {
      await listener.close();
      await house.close();
    };
  });

  it('ask for metrics that it has, by labels that they have', () => {
    expect(expressions.length).toBeGreaterThan(30);
    for (const { where, expression, shown } of expressions) {
      const { labels: named, metrics: asked } = namedIn(expression);
      const families = asked.map((name) => familyOf(name, metrics));
      const known = [...metrics.keys(), ...ofPrometheus.metrics];
      expect({ where, unknown: families.filter((name) => !known.includes(name)) }).toEqual({
        where,
        unknown: [],
      });
      const labels = [...ofPrometheus.labels, ...families.flatMap((name) => told.get(name) ?? [])];
      const wrong = [...named, ...shown].filter((label) => !labels.includes(label));
      expect({ where, wrong }).toEqual({ where, wrong: [] });
    }
  });

  it('are read from metrics that are named as Prometheus wants them: counters alone end in _total', () => {
    const misnamed = [...metrics].filter(
      ([name, { type }]) => name.endsWith('_total') !== (type === 'counter'),
    );
    expect(misnamed.map(([name]) => name)).toEqual([]);
  });

  it('show topics that it sends', async () => {
    const shown = dashboards().flatMap(({ dashboard }) =>
      topicsOf(dashboard).flatMap(({ topics }) => topics),
    );
    const chosen = { root: house.root, ups: 'rack', probe: 'website', switch: 'sw1' };
    const topics = shown.map((topic) =>
      Object.entries(chosen).reduce((text, [name, value]) => text.replace(`\${${name}}`, value), topic),
    );
    await waitFor('every topic is heard', () => topics.every((topic) => listener.newest(topic)));
  });

  it('are told in metrics.md of every metric and its labels, and of no other', () => {
    const own = [...metrics.keys()].filter(isOwn);
    expect(new Set(told.keys())).toEqual(new Set(own));
    for (const name of own) {
      const metric = metrics.get(name);
      // Where nothing is measured no label shows.
      if (metric?.samples) {
        expect([name, new Set(told.get(name))]).toEqual([name, new Set(metric.labels)]);
      }
    }
  });

  it('can rely on the conventions of Prometheus', () => {
    const counters = [...metrics].filter(([, { type }]) => type === 'counter').map(([name]) => name);
    expect(counters.filter(isOwn)).toEqual(
      [...metrics.keys()].filter(isOwn).filter((name) => name.endsWith('_total')),
    );
  });
});
