import type { Proxmox } from 'proxmox-api';
import { ProxmoxError } from './errors.ts';

/** The privileges that the token has, by path: `/pool/core` → `VM.Audit`, … */
export type Permissions = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * What the token may, on one path or on all of which the cluster knows something: those of any ACL entry, and every guest that is in a pool.
 * Every token may ask this of itself; of another user or token (`of`) with Sys.Audit on `/access`, disabled and expired ones too. A path on
 * which nothing is allowed has an empty set, or is missing.
 */
export async function permissions(api: Proxmox.Api, path?: string, of?: string): Promise<Permissions> {
  const answer: unknown = await api.access.permissions.$get({
    ...(path !== undefined && { path }),
    ...(of !== undefined && { userid: of }),
  });
  const request = 'GET /access/permissions';
  return new Map(
    entriesOf(request, answer).map(([on, granted]) => {
      const names = entriesOf(request, granted).map(([name]) => name);
      return [on, new Set(names)];
    }),
  );
}

function entriesOf(request: string, value: unknown): [string, unknown][] {
  // Perl makes no difference between an empty object and an empty list.
  if (Array.isArray(value) && value.length === 0) return [];
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return Object.entries(value);
  throw new ProxmoxError({ code: 'protocol', request, reason: 'expected an object in the answer' });
}
