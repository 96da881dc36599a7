import type { BrokerConnection } from '@huismeester/broker';
import type { PortResource } from '@huismeester/contracts';
import { systemClock } from '@huismeester/service';
import { expect, test } from 'vitest';
import { createTelemetry } from './telemetry.ts';

const down: PortResource = {
  switch: 'sw1',
  id: 'lag1',
  name: 'lag1',
  ifIndex: 100,
  state: 'down',
  core: false,
  flapping: false,
  oper: 'lower-layer-down',
};

/** The state of a port that is published. */
function published(port: PortResource): unknown {
  const states: unknown[] = [];
  const broker = { state: (...each: unknown[]) => states.push(each.at(-1)) } as unknown as BrokerConnection;
  createTelemetry(broker, systemClock).port(port);
  return states[0];
}

test('a port that something else explains has the state that its row says', () => {
  const port = { ...down, state: 'unknown', because: 'port/sw1/gi1' } as const;
  expect(published(port)).toMatchObject({ oper: 'lower-layer-down', up: 0 });
});

test('of a port that cannot be read nothing is known', () => {
  const { oper: _, ...unread } = down;
  expect(published({ ...unread, state: 'unknown', because: 'switch/sw1' })).toEqual({ flapping: 0 });
  expect(published({ ...down, state: 'unknown', because: 'vantage/main' })).toEqual({ flapping: 0 });
});
