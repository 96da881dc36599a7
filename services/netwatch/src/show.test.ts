import type { BrokerConnection } from '@huismeester/broker';
import { systemClock } from '@huismeester/clock';
import { expect, test } from 'vitest';
import type { Incident } from './core/incident.ts';
import { emptyWorld } from './core/world.ts';
import { createShow } from './show.ts';
import type { Views } from './views.ts';
import { watchersOf } from './watchers.ts';

test('at the start what closed before a crash is cleared from the broker, but for what was opened again', () => {
  const removed: string[] = [];
  const broker = { removeState: (kind: string, id: string) => removed.push(`${kind}/${id}`) };
  const open = { id: '2' } as Incident;
  const show = createShow({
    broker: broker as unknown as BrokerConnection,
    clock: systemClock,
    views: {} as Views,
    watchers: watchersOf({ probes: [], switches: [], hypervisors: [] }),
    about: () => ({ core: false, incidents: true, silent: false, here: false }),
    world: () => ({ ...emptyWorld, incidents: new Map([['2', open]]) }),
    hasRole: () => false,
    closed: ['1', '2'],
  });
  show.start();
  expect(removed).toEqual(['incident/1']);
});
