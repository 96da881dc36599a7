import { expect, test } from 'vitest';
import type { Signal } from './core/world.ts';
import type { Memory } from './memory.ts';
import { endFlapsOfPorts } from './stable-ports.ts';
import { newWatchedPort } from './switches/watched-port.ts';

test('a port is stable 10 min after its last change, though its switch answers no look', () => {
  const known = { ifIndex: 1, id: 'gi1', label: 'gi1' };
  const memory = { flaps: { times: [1_000, 2_000], flapping: true } };
  const port = newWatchedPort('port/sw1/gi1', known, { memory, said: undefined });
  const posted: [readonly Signal[], ReadonlyMap<string, Memory> | undefined][] = [];
  const reports = {
    post: (signals: readonly Signal[], memories?: ReadonlyMap<string, Memory>) => {
      posted.push([signals, memories]);
    },
  };
  for (const time of [601_999, 602_000, 603_000])
    endFlapsOfPorts([{ ports: new Map([[1, port]]) }], reports, time);
  expect(posted).toEqual([
    [
      [{ kind: 'stable', thing: 'port/sw1/gi1' }],
      new Map([['port/sw1/gi1', { flaps: { times: [], flapping: false } }]]),
    ],
  ]);
});
