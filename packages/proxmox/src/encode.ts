import { ProxmoxError } from './errors.ts';

/** What the typed paths hand over; Proxmox takes texts only. */
export type Params = Readonly<Record<string, unknown>>;

function encodeValue(value: unknown): string {
  if (typeof value === 'boolean') return value ? '1' : '0';
  return String(value);
}

/** Parameters as a form or query. What is undefined or null is left out; a list is repeated. */
export function encodeParams(params: Params): string {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    if (value === undefined || value === null) continue;
    for (const one of Array.isArray(value) ? value : [value]) form.append(name, encodeValue(one));
  }
  return form.toString();
}

/**
 * Escapes a path whose parts come from outside: an empty name, `..` or a `?` in one would make it another method.
 * A `%2F` is a slash within a part (proxmox-api writes it so).
 */
export function encodePath(request: string, path: string): string {
  const [first, ...parts] = path.split('/');
  if (first !== '' || parts.some((part) => part === '' || part === '.' || part === '..'))
    throw new ProxmoxError({
      code: 'bad-parameter',
      request,
      reason: 'a part of the path is empty or relative; it was not sent',
    });
  return `/${parts.map((part) => encodeURIComponent(part.replaceAll('%2F', '/'))).join('/')}`;
}
