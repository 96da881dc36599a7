import type { ServiceContract } from '../define.ts';
import * as registry from '../services.ts';

export type Services = typeof registry;

/** A service that owns facts; its topics, PostgreSQL schema and part of the API are named after it. */
export type ServiceName = keyof Services;

/** All of them, by name, and policy last: it reads the logs of all others. */
export const serviceNames = Object.keys(registry).sort(
  (one, other) => Number(one === 'policy') - Number(other === 'policy') || (one < other ? -1 : 1),
) as [ServiceName, ...ServiceName[]];

/** What each says to others. */
export const services: Services & Readonly<Record<ServiceName, ServiceContract>> = registry;

/** Whether its log is about people: its events, its snapshot and what of it could not be applied elsewhere are for services and administrators alone. */
export function isAboutPeople(name: string): boolean {
  return serviceNames.some((each) => each === name && services[each].aboutPeople === true);
}

/** One value of each service. */
export function ofServices<T>(make: (name: ServiceName) => T): Record<ServiceName, T> {
  return Object.fromEntries(serviceNames.map((name) => [name, make(name)])) as Record<ServiceName, T>;
}
