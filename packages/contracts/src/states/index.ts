import { type Static, type TSchema, Type } from 'typebox';
import { Contact, Percent, PowerState, Seconds, Stage, VmClass } from '../words.ts';

const ts = Type.Integer({ description: 'ms since 1970' });
const flag = (description: string) => Type.Enum([0, 1] as const, { type: 'integer', description });
const maybe = Type.Optional;

const count = (description: string) => Type.Integer({ minimum: 0, description });

/**
 * How the events of a service flow, of each service the same: `state/service/<service>`. `lag_<source>` is there for
 * each log that the service reads, what is about tasks where it has any.
 */
const service = Type.Object({
  flow: Type.Enum(['flowing', 'behind', 'trouble'] as const),
  flow_n: Type.Integer({ description: '0 flowing, 1 behind, 2 trouble: it needs a person, or another part' }),
  publish_lag: count('Events not yet looked at for MQTT'),
  lag_ups_monitor: maybe(count('Events of ups-monitor not yet applied')),
  lag_vm_lifecycle: maybe(count('Events of vm-lifecycle not yet applied')),
  lag_policy: maybe(count('Events of policy not yet applied')),
  dead_letters: count('Events that could not be applied, and those that wait behind them'),
  tasks_due: maybe(count('Tasks that wait to be run')),
  tasks_failing: maybe(count('Tasks that failed when they last ran')),
  oldest_task_s: maybe(Seconds),
  reconnects: count('How often the connection to the broker was made anew since the start'),
  ts,
});

/**
 * The retained states, by service and kind. Every one is flat, leaves out what is unknown, says each enumeration as a
 * word and as a number, and carries its units in its names: Grafana's MQTT datasource locks a key's type at first sight.
 */
export const states = {
  'ups-monitor': {
    service,
    ups: Type.Object({
      mains: maybe(Type.Enum(['on-mains', 'on-battery'] as const)),
      on_battery: maybe(flag('1: on battery')),
      contact: Contact,
      contact_n: Type.Integer({
        description: '0 unknown, 1 ok, 2 waiting, 3 stale, 4 driver gone, 5 unreachable, 6 refused',
      }),
      battery_low: maybe(flag('LB together with OB')),
      replace_battery: maybe(flag('RB')),
      charge_pct: maybe(Percent),
      runtime_s: maybe(Seconds),
      load_pct: maybe(Percent),
      input_v: maybe(Type.Number({ description: 'V' })),
      output_v: maybe(Type.Number({ description: 'V' })),
      battery_v: maybe(Type.Number({ description: 'V' })),
      power_w: maybe(Type.Number({ description: 'W' })),
      ts,
    }),
  },
  'vm-lifecycle': {
    service,
    vm: Type.Object({
      status: maybe(Type.Enum(['running', 'stopped'] as const)),
      running: maybe(flag('1: running')),
      class: VmClass,
      class_n: Type.Integer({ description: '1 core, 2 space-wide, 3 participant' }),
      node: Type.String(),
      ts,
    }),
  },
  policy: {
    service,
    space: Type.Object({
      power: maybe(Type.Enum(['on-mains', 'on-battery'] as const)),
      on_battery: maybe(flag('1: at least one UPS runs on battery')),
      since_s: maybe(Seconds),
      stage: Stage,
      stage_n: Type.Integer({
        description: '0 mains, 1 recovering, 2 hold, 3 participant, 4 space-wide, 5 core',
      }),
      next_stage_s: maybe(Seconds),
      core_down: Type.Integer({ minimum: 0, description: 'Core VMs that do not run' }),
      open_violations: Type.Integer({ minimum: 0 }),
      hindered: Type.Integer({
        minimum: 0,
        description: 'What is to be done and cannot be right now: what was asked for it was given up',
      }),
      holds: Type.Integer({ minimum: 0, description: 'VMs and nodes on hold' }),
      ts,
    }),
    desired: Type.Object({
      desired: PowerState,
      desired_n: Type.Integer({ description: '0 hands-off, 1 running, 2 stopped' }),
      generation: Type.Integer({ minimum: 1 }),
      enforced: flag('1: acted upon; 0: dry-run'),
      held: flag('1: on hold, whatever the rules say'),
      ts,
    }),
  },
} as const;

/**
 * The kind under which a service's own state was published before it was called `service`: such a message is retained by the
 * broker, so that the service clears it when it connects.
 */
export const formerServiceState = 'caretaker';

/** `<root>/v1/<service>/graf/<metric>`: one key per device, for one panel with many lines. */
export const Pivot = Type.Record(Type.String({ pattern: '^[a-z0-9-]+$' }), Type.Number());

/** The metrics of each service of which there is a pivot, as they are named in its states. */
export const pivots = {
  'ups-monitor': ['charge_pct', 'runtime_s', 'load_pct'],
  'vm-lifecycle': [],
  policy: [],
} as const;

/** `<root>/v1/<service>/status`, retained; its will says `online: 0` with the same session. */
export const Status = Type.Object({
  online: flag('1: alive'),
  session: Type.Integer({ description: 'Grows with each start; a will of an older session is void' }),
  epoch: maybe(Type.String({ description: 'Of its event log' })),
  head: maybe(Type.Integer({ minimum: 0, description: 'Position of its newest event' })),
  ts,
  version: Type.String(),
});

export type States = typeof states;
export type StateKind<S extends keyof States> = keyof States[S] & string;
export type StatePayload<S extends keyof States, K extends StateKind<S>> = Static<
  Extract<States[S][K], TSchema>
>;
export type ServiceStatus = Static<typeof Status>;
