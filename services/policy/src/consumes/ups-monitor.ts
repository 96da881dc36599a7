import { type Snapshot, Ups } from '@huismeester/contracts';
import type { Tx } from '@huismeester/database';
import { type Handlers, type SnapshotEntity, unfit } from '@huismeester/events';
import { Check } from 'typebox/value';
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
  /** What this program cannot read, perhaps of a newer ups-monitor, stays as it was known. */
  async snapshot(tx: Tx, { entities }: Snapshot, unreadable: (subject: string) => void): Promise<void> {
    const known = new Map(
      entities.flatMap(({ state }) => (Check(Ups, state) ? [[state.id, feedFrom(state)] as const] : [])),
    );
    const kept = entities.flatMap(({ subject, state }) =>
      !subject.startsWith('ups/') || Check(Ups, state) ? [] : [subject],
    );
    for (const subject of kept) unreadable(subject);
    await upsStore.replace(
      tx,
      known,
      kept.map((subject) => subject.replace(/^ups\//, '')),
    );
  },
  /** One that was parked. */
  async entity(tx: Tx, entity: SnapshotEntity): Promise<void> {
    const { state } = entity;
    if (!Check(Ups, state)) throw unfit(entity).error;
    await upsStore.save(tx, state.id, feedFrom(state));
  },
};
