import { type Static, Type } from 'typebox';
import { closed, Duration } from '../define.ts';

const unreadAfter = (after: string) =>
  Type.String({
    ...Duration,
    default: after,
    description: 'time on battery, where the UPS tells neither runtime nor charge',
  });

const PowerSettings = Type.Object(
  {
    onBatteryHold: Type.String({
      ...Duration,
      default: '30s',
      description: 'nothing is done before, but for LB and FSD',
    }),
    participant: Type.Object(
      { after: Type.String({ ...Duration, default: '3m' }) },
      { ...closed, default: {} },
    ),
    'space-wide': Type.Object(
      {
        runtimeBelow: Type.String({ ...Duration, default: '8m' }),
        chargeBelow: Type.Number({ minimum: 0, maximum: 100, default: 35, description: '%' }),
        unreadAfter: unreadAfter('5m'),
      },
      { ...closed, default: {} },
    ),
    core: Type.Object(
      {
        runtimeBelow: Type.String({ ...Duration, default: '5m' }),
        chargeBelow: Type.Number({ minimum: 0, maximum: 100, default: 20, description: '%' }),
        unreadAfter: unreadAfter('7m'),
      },
      { ...closed, default: {} },
    ),
    restoreHold: Type.String({ ...Duration, default: '5m', description: 'how long mains must be stable' }),
    restoreChargeAbove: Type.Number({ minimum: 0, maximum: 100, default: 40, description: '%' }),
    restoreStep: Type.String({
      ...Duration,
      default: '2m',
      description: 'how long the start of one class may hold up the next',
    }),
    expectedShutdown: Type.String({
      ...Duration,
      default: '1m',
      description: 'what a guest is expected to need for its shutdown until it was seen to shut down',
    }),
    reserve: Type.String({
      ...Duration,
      default: '1m',
      description: 'kept back at the end of the battery when stages are counted backwards from it',
    }),
  },
  { ...closed, default: {} },
);
export type PowerSettings = Static<typeof PowerSettings>;

const Policy = Type.Object({ power: PowerSettings }, { ...closed, default: {} });

const Self = Type.Object(
  {
    dependsOn: Type.Array(
      Type.String({
        pattern: '^(vm|node|switch|host)/[a-z0-9]+(-[a-z0-9]+)*$',
        description: 'such as vm/100, node/pve-pve1 (hypervisor-node), switch/sw1 or host/nas',
      }),
      { default: [] },
    ),
  },
  {
    ...closed,
    default: {},
    description:
      'what Huismeester itself needs: its own VM, database, broker, upsd’s host, the switch. It goes last, with its node',
  },
);

export const settings = { self: Self, policy: Policy };
