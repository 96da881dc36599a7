import { Type } from 'typebox';
import { flag, like, state } from '../define.ts';
import { IncidentId, PortId, ProbeId, SwitchId, ThingState } from './things.ts';

const maybe = Type.Optional;
const Thing = (description: string) => Type.String({ description, examples: ['switch/sw1'] });
const words = {
  state: ThingState,
  up: maybe(like(flag('1: up, 0: down; left out: unknown'), 0)),
  because: maybe(Thing('What explains that it is down or unknown')),
};
const bps = (description: string, example: number) =>
  maybe(Type.Number({ minimum: 0, description, examples: [example] }));

export const states = {
  probe: state(
    'A service as it is now',
    { probe: ProbeId },
    {
      ...words,
      degraded: maybe(like(flag('1: slow, or with a defect'), 0)),
      flapping: maybe(like(flag('1: it goes up and down'), 0)),
      latency_ms: maybe(Type.Number({ minimum: 0, description: 'Of the last good look', examples: [23.4] })),
      cert_left_d: maybe(
        Type.Number({ description: 'Days until the certificate ends; below 0: it ended', examples: [41.5] }),
      ),
    },
  ),
  switch: state(
    'A switch as it is now',
    { switch: SwitchId },
    {
      ...words,
      ports: maybe(Type.Integer({ minimum: 0, examples: [52] })),
      ports_up: maybe(Type.Integer({ minimum: 0, examples: [31] })),
      uptime_s: maybe(Type.Number({ minimum: 0, description: 's', examples: [864000] })),
      traps: Type.Integer({ minimum: 0, description: 'Taken since the start', examples: [12] }),
      traps_dropped: Type.Integer({
        minimum: 0,
        description: 'Beyond 10 a second, since the start',
        examples: [0],
      }),
    },
  ),
  port: state(
    'A port of a switch as it is now',
    { switch: SwitchId, port: PortId },
    {
      oper: maybe(
        Type.Enum(
          ['up', 'down', 'testing', 'unknown', 'dormant', 'not-present', 'lower-layer-down'] as const,
          { description: 'ifOperStatus (RFC 2863); left out: not known now', examples: ['up'] },
        ),
      ),
      oper_n: maybe(
        Type.Integer({ minimum: 0, maximum: 7, description: 'ifOperStatus as a number', examples: [1] }),
      ),
      up: maybe(flag('1: ifOperStatus is up')),
      admin_up: maybe(flag('1: ifAdminStatus is up')),
      flapping: maybe(like(flag('1: it goes up and down'), 0)),
      speed_bps: bps('ifHighSpeed, else ifSpeed', 1e9),
      in_bps: bps('Octets that came in, as bits a second', 1_250_000),
      out_bps: bps('Octets that went out, as bits a second', 430_000),
    },
    { within: 'switch' },
  ),
  incident: state(
    'An incident that is open; cleared when it closes',
    { incident: IncidentId },
    {
      root: Thing('What failed, and explains the others'),
      since_s: Type.Number({ minimum: 0, description: 's since the first failed look', examples: [95] }),
      members: Type.Integer({ minimum: 0, examples: [4] }),
      core: flag('1: a core thing is down'),
      outage: like(flag('1: a power cut explains it'), 0),
    },
  ),
};

export const pivots = ['latency_ms', 'in_bps', 'out_bps'] as const;
