import { expect, it } from 'vitest';
import { namedIn } from './promql.ts';

it.each<[string, string[], string[]]>([
  ['up', ['up'], []],
  ['a_b > 0', ['a_b'], []],
  ['1e3 * a', ['a'], []],
  ['sum by (class, status) (vms) > 0', ['vms'], ['class', 'status']],
  ['sum(vms) by (class)', ['vms'], ['class']],
  ['rate(calls_total{ok="false", job=~"$job"}[$__rate_interval])', ['calls_total'], ['ok', 'job']],
  ['wanted != on (vm) group_left (node) running offset 5m', ['wanted', 'running'], ['vm', 'node']],
  ['changes(stage{ups!~"a b{c}"}[1m]) > bool 0 or vector(1)', ['stage'], ['ups']],
  ['sum_over_time (x[5m]) / count(y)', ['x', 'y'], []],
])('finds in %s the metrics %j and the labels %j', (expression, metrics, labels) => {
  expect(namedIn(expression)).toEqual({ metrics, labels });
});
