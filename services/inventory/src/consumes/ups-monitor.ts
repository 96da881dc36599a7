import { Ups } from '@huismeester/contracts';
import type { Tx } from '@huismeester/database';
import { type Handlers, readEntities } from '@huismeester/events';
import { foldUps, type UpsEvent, upsFrom } from '../core/outside/ups.ts';
import { factKind, foldInto } from './outside.ts';

const fold = (tx: Tx, event: UpsEvent) =>
  foldInto(tx, `ups/${event.data.ups}`, (before) => foldUps(before, event));

/** What inventory takes from ups-monitor: which UPSes there are, and how each is. */
export const fromUpsMonitor = {
  handlers: {
    'ups.found': fold,
    'ups.lost': fold,
    'ups.stale': fold,
    'ups.on-battery': fold,
    'ups.on-mains': fold,
    'ups.forced-shutdown': fold,
  } satisfies Handlers,
  ...readEntities({ ups: factKind('ups', Ups, upsFrom) }),
};
