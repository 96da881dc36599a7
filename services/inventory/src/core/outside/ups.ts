import type { EventOf, Ups } from '@huismeester/contracts';
import type { OutsideFact, UpsFact } from './fact.ts';

export type UpsEvent = EventOf<
  'ups.found' | 'ups.lost' | 'ups.stale' | 'ups.on-battery' | 'ups.on-mains' | 'ups.forced-shutdown'
>;

/** Folds one of ups-monitor's events into what is known of the UPS. */
export function foldUps(before: OutsideFact | undefined, { type, time, data }: UpsEvent): UpsFact {
  const known: UpsFact =
    before?.kind === 'ups' ? before : { kind: 'ups', id: data.ups, mains: 'unknown', contact: false };
  switch (type) {
    case 'ups.found':
      return { ...known, contact: true, contactSince: time };
    case 'ups.lost':
    case 'ups.stale':
      return { ...known, contact: false, contactSince: time };
    case 'ups.on-battery':
      return { ...known, mains: 'on-battery', since: data.since };
    case 'ups.on-mains':
      return { ...known, mains: 'on-mains', since: data.since };
    case 'ups.forced-shutdown':
      // It counts as on battery.
      return known.mains === 'on-battery' ? known : { ...known, mains: 'on-battery', since: time };
  }
}

/** The UPS as ups-monitor's snapshot has it. */
export function upsFrom({ id, mains, since, contact, reported }: Ups): UpsFact {
  const contactSince = reported?.contactSince;
  return {
    kind: 'ups',
    id,
    mains,
    ...(since !== undefined && { since }),
    contact: contact === 'ok',
    ...(contactSince !== undefined && { contactSince }),
  };
}
