import { type Static, type TOptional, Type } from 'typebox';
import { flag, ts } from '../define.ts';
import { Seconds } from '../words.ts';

const maybe = Type.Optional;
const count = (description: string) => Type.Integer({ minimum: 0, description });

/** The key of a service's state with how many events of that source it has still to apply. */
export type LagKey<Source extends string> = `lag_${Underscored<Source>}`;
type Underscored<Name extends string> = Name extends `${infer Before}-${infer After}`
  ? `${Before}_${Underscored<After>}`
  : Name;

export function lagKey<Source extends string>(source: Source): LagKey<Source> {
  return `lag_${source.replaceAll('-', '_')}` as LagKey<Source>;
}

/**
 * How the events of a service flow, of each service the same: `state/service/<service>`. A lag is there for each log that the
 * service reads, what is about tasks where it has any.
 */
export function serviceState<Source extends string>(sources: readonly Source[]) {
  const lag = (source: Source) => [lagKey(source), maybe(count(`Events of ${source} not yet applied`))];
  const lags = Object.fromEntries(sources.map(lag)) as Record<
    LagKey<Source>,
    TOptional<ReturnType<typeof count>>
  >;
  return Type.Object({
    flow: Type.Enum(['flowing', 'behind', 'trouble'] as const),
    flow_n: Type.Integer({
      description: '0 flowing, 1 behind, 2 trouble: it needs a person, or another part',
    }),
    publish_lag: count('Events not yet looked at for MQTT'),
    ...lags,
    dead_letters: count('Events that could not be applied, and those that wait behind them'),
    tasks_due: maybe(count('Tasks that wait to be run')),
    tasks_failing: maybe(count('Tasks that failed when they last ran')),
    oldest_task_s: maybe(Seconds),
    reconnects: count('How often the connection to the broker was made anew since the start'),
    ts,
  });
}

/**
 * The kind under which a service's own state was published before it was called `service`: such a message is retained by the
 * broker, so that the service clears it when it connects.
 */
export const formerServiceState = 'caretaker';

/** `<root>/v1/<service>/graf/<metric>`: one key per device, for one panel with many lines. */
export const Pivot = Type.Record(Type.String({ pattern: '^[a-z0-9-]+$' }), Type.Number(), {
  examples: [{ rack: 23, attic: 40 }],
});

/** `<root>/v1/<service>/status`, retained; its will says `online: 0` with the same session. */
export const Status = Type.Object({
  online: flag('1: alive'),
  session: Type.Integer({
    description: 'Grows with each start; a will of an older session is void',
    examples: [1795368000000],
  }),
  epoch: maybe(
    Type.String({ description: 'Of its event log', examples: ['0193a5c2-7b1e-7c3a-9f00-5d1f6a2b3c4d'] }),
  ),
  head: maybe(Type.Integer({ minimum: 0, description: 'Position of its newest event', examples: [4211] })),
  ts,
  version: Type.String({ examples: ['0.1.0'] }),
});
export type ServiceStatus = Static<typeof Status>;
