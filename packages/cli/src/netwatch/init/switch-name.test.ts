import { expect, test } from 'vitest';
import { switchName } from './switch-name.ts';

test.each([
  ['core.space.lan', 'core'],
  ['sw1', 'sw1'],
  ['a1', 'a1'],
  ['fa0', 'fa0'],
  ['beef', 'beef'],
  ['10.0.0.3', 'switch'],
  ['fe80::1', 'switch'],
])('sysName %s: %s', (name, expected) => {
  expect(switchName({ name }, '10.0.0.3')).toBe(expected);
});

test('without a sysName it has that of its host', () => {
  expect(switchName({}, 'sw1.space.lan')).toBe('sw1');
  expect(switchName(undefined, '10.0.0.3')).toBe('switch');
});
