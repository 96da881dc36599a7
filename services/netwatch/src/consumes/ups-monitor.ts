import { Ups } from '@huismeester/contracts';
import type { Tx } from '@huismeester/database';
import { entityKind, type Handlers, readEntities } from '@huismeester/events';
import { foldUps, type UpsFactEvent, upsFrom } from '../core/outside.ts';
import { readFact, replaceFacts, saveFact } from './outside.ts';

const fold = async (tx: Tx, event: UpsFactEvent): Promise<void> =>
  saveFact(tx, foldUps(await readFact(tx, `ups/${event.data.ups}`), event));

/** What netwatch takes from ups-monitor: which mains, and which UPS, has failed. */
export const fromUpsMonitor = {
  handlers: {
    'ups.found': fold,
    'ups.lost': fold,
    'ups.stale': fold,
    'ups.on-battery': fold,
    'ups.on-mains': fold,
    'ups.forced-shutdown': fold,
  } satisfies Handlers,
  ...readEntities({
    ups: entityKind({
      schema: Ups,
      replace: (tx, found, kept) =>
        replaceFacts(
          tx,
          'ups',
          found.map(({ state }) => upsFrom(state)),
          kept,
        ),
      save: (tx, { state }) => saveFact(tx, upsFrom(state)),
    }),
  }),
};
