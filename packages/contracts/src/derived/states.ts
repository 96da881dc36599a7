import type { Static, TSchema } from 'typebox';
import type { StateDefinition } from '../define.ts';
import { type LagKey, lagKey, serviceState } from '../every-service/state.ts';
import { ofServices, type ServiceName, type Services, serviceNames, services } from './names.ts';

const service = serviceState(serviceNames);

/** The payload of each retained state, by service and kind; `service` is how the service itself stands. */
export type States = {
  readonly [S in ServiceName]: {
    readonly [K in keyof Services[S]['states'] | 'service']: K extends keyof Services[S]['states']
      ? Services[S]['states'][K] extends StateDefinition<infer Payload>
        ? Payload
        : never
      : typeof service;
  };
};
export type StateKind<S extends keyof States> = keyof States[S] & string;
export type StatePayload<S extends keyof States, K extends StateKind<S>> = Static<
  Extract<States[S][K], TSchema>
>;

/** The kinds of state of a service, its own first. */
export function statesOf(name: ServiceName): Readonly<Record<string, StateDefinition>> {
  const own = { title: 'How the events of the service flow, and what waits', place: name, payload: service };
  return { service: own, ...services[name].states };
}

export const states = ofServices((name) =>
  Object.fromEntries(Object.entries(statesOf(name)).map(([kind, { payload }]) => [kind, payload])),
) as unknown as States;

/** The metrics of each service of which there is a pivot, as they are named in its states. */
export const pivots = ofServices((name) => services[name].pivots) as {
  readonly [S in ServiceName]: Services[S]['pivots'];
};

/** What a service's own state says of each source, by its key; undefined for one that the service does not read. */
export function lagsOf(
  lag: (source: ServiceName) => number | undefined,
): Record<LagKey<ServiceName>, number | undefined> {
  const entries = serviceNames.map((name) => [lagKey(name), lag(name)] as const);
  return Object.fromEntries(entries) as Record<LagKey<ServiceName>, number | undefined>;
}
