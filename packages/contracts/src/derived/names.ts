import { services } from '../services.ts';

/** A service that owns facts; its topics, PostgreSQL schema and part of the API are named after it. */
export type ServiceName = keyof typeof services;

/** All of them, those that others read first. */
export const serviceNames = Object.keys(services) as [ServiceName, ...ServiceName[]];
