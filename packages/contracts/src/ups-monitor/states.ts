import { Type } from 'typebox';
import { flag, like, state } from '../define.ts';
import { Contact, Percent, Runtime, UpsId } from '../words.ts';

const maybe = Type.Optional;
const volts = (example: number) => maybe(Type.Number({ description: 'V', examples: [example] }));

export const states = {
  ups: state(
    'A UPS as it is now',
    { ups: UpsId },
    {
      mains: maybe(Type.Enum(['on-mains', 'on-battery'] as const, { examples: ['on-battery'] })),
      on_battery: maybe(flag('1: on battery')),
      contact: Contact,
      contact_n: Type.Integer({
        description: '0 unknown, 1 ok, 2 waiting, 3 stale, 4 driver gone, 5 unreachable, 6 refused',
        examples: [1],
      }),
      battery_low: maybe(like(flag('LB together with OB'), 0)),
      replace_battery: maybe(like(flag('RB'), 0)),
      charge_pct: maybe(Percent),
      runtime_s: maybe(Runtime),
      load_pct: maybe(like(Percent, 23)),
      input_v: volts(0),
      output_v: volts(230.4),
      battery_v: volts(25.1),
      power_w: maybe(Type.Number({ description: 'W', examples: [512] })),
    },
  ),
};

export const pivots = ['charge_pct', 'runtime_s', 'load_pct'] as const;
