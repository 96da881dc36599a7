import { Type } from 'typebox';
import { like, publicEvent } from '../define.ts';
import { Contact, Percent, Runtime, Seconds, Timestamp, UpsId } from '../words.ts';

const battery = {
  charge_pct: Type.Optional(Percent),
  runtime_s: Type.Optional(Runtime),
};

const OnBattery = Type.Boolean({ description: 'As last seen', examples: [true] });

/** ups-monitor's events; subject `ups/<id>`. Hardware telemetry is what a space's own lights and displays live on: all public. */
export const events = {
  'ups.found': publicEvent(
    'Contact with the UPS was made, for the first time or again',
    Type.Object({
      ups: UpsId,
      after: like(Contact, 'unreachable'),
      manufacturer: Type.Optional(Type.String({ examples: ['EATON'] })),
      model: Type.Optional(Type.String({ examples: ['5P 1550i'] })),
      status: Type.String({ description: 'ups.status as NUT gave it', examples: ['OB DISCHRG'] }),
    }),
  ),
  'ups.lost': publicEvent(
    'Contact with the UPS was lost: no upsd, no driver, or upsd refuses us',
    Type.Object({ ups: UpsId, contact: like(Contact, 'unreachable'), on_battery: OnBattery }),
  ),
  'ups.stale': publicEvent(
    'upsd still answers, but the driver has nothing new (DATA-STALE) or infers nothing (WAIT)',
    Type.Object({ ups: UpsId, contact: like(Contact, 'stale'), on_battery: OnBattery }),
  ),
  'ups.on-battery': publicEvent(
    'Mains failed: the UPS runs on its battery, seen twice',
    Type.Object({ ups: UpsId, since: Timestamp, ...battery }),
  ),
  'ups.on-mains': publicEvent(
    'The UPS runs on mains: at first contact, or after a time on battery',
    Type.Object({ ups: UpsId, since: Timestamp, lasted_s: Type.Optional(like(Seconds, 310)), ...battery }),
  ),
  'ups.battery-reading': publicEvent(
    'What the battery holds: on battery on every change and at least every 15 s, on mains while it charges',
    Type.Object({
      ups: UpsId,
      on_battery: like(Type.Boolean(), true),
      low: Type.Boolean({ description: 'LB together with OB' }),
      load_pct: Type.Optional(like(Percent, 23)),
      ...battery,
    }),
  ),
  'ups.battery-low': publicEvent(
    'The battery is low while the UPS runs on it (LB with OB)',
    Type.Object({ ups: UpsId, ...battery }),
  ),
  'ups.forced-shutdown': publicEvent(
    'A forced shutdown (FSD) was set while we watched; it counts as on battery and low',
    Type.Object({ ups: UpsId }),
  ),
  'ups.forced-shutdown-stuck': publicEvent(
    'FSD stands in the status although nobody pulls the plug: at first contact, or beside OL for 60 s. Nothing follows from it',
    Type.Object({
      ups: UpsId,
      at_contact: Type.Boolean({ description: 'It was there when we first looked' }),
    }),
  ),
  'ups.forced-shutdown-cleared': publicEvent('FSD is gone from the status', Type.Object({ ups: UpsId })),
  'ups.battery-replaced': publicEvent('The UPS asks for a new battery no more', Type.Object({ ups: UpsId })),
  'ups.replace-battery': publicEvent('The UPS asks for a new battery (RB)', Type.Object({ ups: UpsId })),
  'ups.test-started': publicEvent(
    'A calibration (CAL) or self-test began; no outage',
    Type.Object({ ups: UpsId }),
  ),
  'ups.test-ended': publicEvent('The calibration or self-test ended', Type.Object({ ups: UpsId })),
};

export const aggregates = { ups: { ups: UpsId } };
