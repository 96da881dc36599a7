import { Registry } from 'prom-client';
import { expect, it } from 'vitest';
import { counter, gauge, histogram } from './metrics.ts';

const lines = async (registry: Registry) => (await registry.metrics()).trim().split('\n');

it('leaves out what nobody knows, also where no label tells values apart', async () => {
  const registry = new Registry();
  let left: number | undefined;
  gauge(registry, { name: 'left_seconds', help: 'Left', labels: {} }, () => left);
  expect(await lines(registry)).toEqual(['# HELP left_seconds Left', '# TYPE left_seconds gauge']);
  left = 85;
  expect(await lines(registry)).toContain('left_seconds 85');
});

it('has a sample for each thing there is at the scrape, and none of what is gone', async () => {
  const registry = new Registry();
  const running = new Map([
    ['100', 1],
    ['101', 0],
  ]);
  const description = { name: 'vm_running', help: 'Runs', labels: { at: 'pve' }, sampleLabels: ['vm'] };
  gauge(registry, description, () => [...running].map(([vm, value]) => ({ labels: { vm }, value })));
  expect(await lines(registry)).toContain('vm_running{at="pve",vm="100"} 1');
  running.delete('100');
  expect((await lines(registry)).slice(2)).toEqual(['vm_running{at="pve",vm="101"} 0']);
});

it('says of a total that it is a counter, with the same value at each scrape', async () => {
  const registry = new Registry();
  gauge(registry, { name: 'calls_total', help: 'Calls', labels: { ok: 'true' } }, () => 7);
  const twice = [await lines(registry), await lines(registry)];
  for (const scraped of twice) {
    expect(scraped).toEqual([
      '# HELP calls_total Calls',
      '# TYPE calls_total counter',
      'calls_total{ok="true"} 7',
    ]);
  }
});

it('goes on with a histogram when its service is made anew in the same process', async () => {
  const registry = new Registry();
  const description = { name: 'call_seconds', help: 'Calls', labels: ['call'], buckets: [0.1, 1] };
  for (const value of [0.05, 0.5]) histogram(registry, description)({ call: 'listing' }, value);
  const found = await lines(registry);
  expect(found).toContain('call_seconds_bucket{le="0.1",call="listing"} 1');
  expect(found).toContain('call_seconds_count{call="listing"} 2');
});

it('counts, also on from what a service of before has counted in this process', async () => {
  const registry = new Registry();
  const description = { name: 'requests_total', help: 'Requests', labels: ['act'] };
  counter(registry, description)({ act: 'start' });
  counter(registry, description)({ act: 'start' });
  expect(await lines(registry)).toContain('requests_total{act="start"} 2');
});
