import { Status, states } from '@huismeester/contracts';
import { expect, it } from 'vitest';
import { topicFields } from './topic-fields.ts';

it.each([
  ['policy/status', Object.keys(Status.properties)],
  ['ups-monitor/state/ups/rack', Object.keys(states['ups-monitor'].ups.properties)],
  ['ups-monitor/graf/charge-pct', []],
  ['ups-monitor/graf/nonsense', undefined],
  ['ups-monitor/state/space/main', undefined],
  ['policy/state/space', undefined],
  ['nobody/status', undefined],
  ['policy/status/more', undefined],
])('%s has the fields %j', (topic, fields) => {
  expect(topicFields(topic)).toEqual(fields);
});
