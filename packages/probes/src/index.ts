export type { Look, Probe, SeenCertificate } from './look.ts';
