import { expect, test } from 'vitest';
import { UsageError } from '../errors.ts';
import { hostPort } from './places.ts';

test.each([
  ['10.0.0.3', '10.0.0.3', 161],
  ['10.0.0.3:1161', '10.0.0.3', 1161],
  ['SW1.space', 'sw1.space', 161],
  ['SW1:161', 'sw1', 161],
  ['[FE80::1]:1161', 'fe80::1', 1161],
])('%s is the host %s and the port %d', (text, host, port) => {
  expect(hostPort(text, 161, 'a switch')).toEqual({ host, port });
});

test.each(['', 'http://10.0.0.3', '10.0.0.3:0', '10.0.0.3/', 'me@sw1', 'fe80::1'])(
  '%j is refused',
  (text) => {
    const parsing = () => hostPort(text, 161, 'a switch');
    expect(parsing).toThrow(UsageError);
    expect(parsing).toThrow('is not where a switch is: a host or HOST:PORT');
  },
);
