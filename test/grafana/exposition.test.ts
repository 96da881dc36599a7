import { expect, it } from 'vitest';
import { metricsIn } from './exposition.ts';

it('reads names, types and labels of a scrape, also of what has no sample', () => {
  const text = `# HELP a_total What, {with} "this"
# TYPE a_total counter
a_total{ok="true",call="x=\\"y\\", z"} 1
a_total{ok="false",call=""} 2.5e-7

# HELP b B
# TYPE b gauge
b 1
# TYPE c gauge
# TYPE d_seconds histogram
d_seconds_bucket{le="0.5",of="x"} 1
d_seconds_sum{of="x"} 0.2
d_seconds_count{of="x"} 1
`;
  expect(metricsIn(text)).toEqual(
    new Map([
      ['a_total', { type: 'counter', labels: ['ok', 'call'], samples: 2 }],
      ['b', { type: 'gauge', labels: [], samples: 1 }],
      ['c', { type: 'gauge', labels: [], samples: 0 }],
      ['d_seconds', { type: 'histogram', labels: ['le', 'of'], samples: 3 }],
    ]),
  );
});
