import { type Static, Type } from 'typebox';
import { durationOr, section } from '../define.ts';
import { Mail, NoticeSchedule, NoticeTargets } from './notice-settings.ts';

const unreadAfter = (after: string) =>
  durationOr(after, 'time on battery, where the UPS reports neither runtime nor charge');

const PowerSettings = section({
  onBatteryHold: durationOr('30s', 'nothing is done before, but for LB and FSD'),
  participant: section({ after: durationOr('3m') }),
  'space-wide': section({
    runtimeBelow: durationOr('8m'),
    chargeBelow: Type.Number({ minimum: 0, maximum: 100, default: 35, description: '%' }),
    unreadAfter: unreadAfter('5m'),
  }),
  core: section({
    runtimeBelow: durationOr('5m'),
    chargeBelow: Type.Number({ minimum: 0, maximum: 100, default: 20, description: '%' }),
    unreadAfter: unreadAfter('7m'),
  }),
  restoreHold: durationOr('5m', 'how long mains must be stable'),
  restoreChargeAbove: Type.Number({ minimum: 0, maximum: 100, default: 40, description: '%' }),
  restoreStep: durationOr('2m', 'how long the start of one class may hold up the next'),
  expectedShutdown: durationOr(
    '1m',
    'what a guest is expected to need for its shutdown until it was seen to shut down',
  ),
  reserve: durationOr('1m', 'kept back at the end of the battery when stages are counted backwards from it'),
});
export type PowerSettings = Static<typeof PowerSettings>;

const Policy = section({ power: PowerSettings, notices: NoticeSchedule });

const Self = section(
  {
    dependsOn: Type.Array(
      Type.String({
        pattern: '^(vm|node|switch|host)/[a-z0-9]+(-[a-z0-9]+)*$',
        description: 'such as vm/100, node/pve-pve1 (hypervisor-node), switch/sw1 or host/nas',
      }),
      { default: [] },
    ),
  },
  'what Huismeester itself needs: its own VM, database, broker, upsd’s host, the switch. It goes last, with its node',
);

export const settings = { self: Self, policy: Policy, mail: Mail, notices: NoticeTargets };
