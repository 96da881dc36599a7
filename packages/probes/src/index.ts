export { createProbe } from './kinds.ts';
export type { Look, Probe, ProbeAround, SeenCertificate } from './look.ts';
export { type Address, createResolveName, type NameSources, type ResolveName } from './names.ts';
export { isOwn } from './own-addresses.ts';
