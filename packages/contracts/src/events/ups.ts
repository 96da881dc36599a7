import { Type } from 'typebox';
import { event } from '../event.ts';
import { Contact, Id, Percent, Seconds, Timestamp } from '../words.ts';

const battery = {
  charge_pct: Type.Optional(Percent),
  runtime_s: Type.Optional(Seconds),
};

/** ups-monitor's events; subject `ups/<id>`. Hardware telemetry is what a space's own lights and displays live on: all public. */
export const upsEvents = {
  'ups.found': event(
    'Contact with the UPS was made, for the first time or again',
    Type.Object({
      ups: Id,
      after: Contact,
      manufacturer: Type.Optional(Type.String()),
      model: Type.Optional(Type.String()),
      status: Type.String({ description: 'ups.status as NUT gave it' }),
    }),
    { audience: 'public' },
  ),
  'ups.lost': event(
    'Contact with the UPS was lost: no upsd, no driver, or upsd refuses us',
    Type.Object({ ups: Id, contact: Contact, on_battery: Type.Boolean({ description: 'As last seen' }) }),
    { audience: 'public' },
  ),
  'ups.stale': event(
    'upsd still answers, but the driver has nothing new (DATA-STALE) or infers nothing (WAIT)',
    Type.Object({ ups: Id, contact: Contact, on_battery: Type.Boolean({ description: 'As last seen' }) }),
    { audience: 'public' },
  ),
  'ups.on-battery': event(
    'Mains failed: the UPS runs on its battery, seen twice',
    Type.Object({ ups: Id, since: Timestamp, ...battery }),
    { audience: 'public' },
  ),
  'ups.on-mains': event(
    'The UPS runs on mains: at first contact, or after a time on battery',
    Type.Object({ ups: Id, since: Timestamp, lasted_s: Type.Optional(Seconds), ...battery }),
    { audience: 'public' },
  ),
  'ups.battery-reading': event(
    'What the battery holds: on battery on every change and at least every 15 s, on mains while it charges',
    Type.Object({
      ups: Id,
      on_battery: Type.Boolean(),
      low: Type.Boolean({ description: 'LB together with OB' }),
      load_pct: Type.Optional(Percent),
      ...battery,
    }),
    { audience: 'public' },
  ),
  'ups.battery-low': event(
    'The battery is low while the UPS runs on it (LB with OB)',
    Type.Object({ ups: Id, ...battery }),
    {
      audience: 'public',
    },
  ),
  'ups.forced-shutdown': event(
    'A forced shutdown (FSD) was set while we watched; it counts as on battery and low',
    Type.Object({ ups: Id }),
    { audience: 'public' },
  ),
  'ups.forced-shutdown-stuck': event(
    'FSD stands in the status although nobody pulls the plug: at first contact, or beside OL for 60 s. Nothing follows from it',
    Type.Object({ ups: Id, at_contact: Type.Boolean({ description: 'It was there when we first looked' }) }),
    { audience: 'public' },
  ),
  'ups.forced-shutdown-cleared': event('FSD is gone from the status', Type.Object({ ups: Id }), {
    audience: 'public',
  }),
  'ups.battery-replaced': event('The UPS asks for a new battery no more', Type.Object({ ups: Id }), {
    audience: 'public',
  }),
  'ups.replace-battery': event('The UPS asks for a new battery (RB)', Type.Object({ ups: Id }), {
    audience: 'public',
  }),
  'ups.test-started': event('A calibration (CAL) or self-test began; no outage', Type.Object({ ups: Id }), {
    audience: 'public',
  }),
  'ups.test-ended': event('The calibration or self-test ended', Type.Object({ ups: Id }), {
    audience: 'public',
  }),
};
