import { Ups } from '@huismeester/contracts';
import type { Tx } from '@huismeester/database';
import { entityKind, type Handlers, readEntities } from '@huismeester/events';
import { upsStore } from '../facts/store.ts';
import { evolveFeed, type FeedEvent, feedFrom, unknownFeed } from '../facts/ups.ts';

const fold = async (tx: Tx, event: FeedEvent): Promise<void> => {
  const { ups } = event.data;
  await upsStore.save(tx, ups, evolveFeed((await upsStore.get(tx, ups)) ?? unknownFeed(ups), event));
};

/** What policy takes from ups-monitor: how each UPS is. */
export const fromUpsMonitor = {
  handlers: {
    'ups.found': fold,
    'ups.lost': fold,
    'ups.stale': fold,
    'ups.on-battery': fold,
    'ups.on-mains': fold,
    'ups.battery-reading': fold,
    'ups.battery-low': fold,
    'ups.forced-shutdown': fold,
    'ups.forced-shutdown-stuck': fold,
    'ups.forced-shutdown-cleared': fold,
  } satisfies Handlers,
  ...readEntities({
    ups: entityKind({
      schema: Ups,
      replace: (tx, found, kept) =>
        upsStore.replace(tx, new Map(found.map(({ state }) => [state.id, feedFrom(state)])), kept),
      save: (tx, { state }) => upsStore.save(tx, state.id, feedFrom(state)),
    }),
  }),
};
