import type { VmClass } from '@huismeester/contracts';
import type { Static } from 'typebox';
import { UsageError } from '../errors.ts';

export type PoolClass = Static<typeof VmClass>;
export type Pools = Partial<Record<PoolClass, string>>;

export const poolClasses = ['core', 'space-wide', 'participant'] as const satisfies readonly PoolClass[];

export interface HostPort {
  readonly host: string;
  readonly port: number;
}

/** `HOST` or `HOST:PORT`, the host in lower case. `what` is what is there, for the {@link UsageError} that this throws. */
export function hostPort(text: string, usualPort: number, what: string): HostPort {
  const place = text.toLowerCase();
  // A scheme that is not known has no default port, which URL.parse would leave out.
  const url = URL.parse(`any://${place}`);
  if (!url?.hostname || url.host !== place || url.port === '0') {
    throw new UsageError(`"${text}" is not where ${what} is: a host or HOST:PORT, such as 10.0.0.5`);
  }
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return { host, port: url.port === '' ? usualPort : Number(url.port) };
}

/** `https://HOST:PORT`; a bare host has Proxmox's own port. Throws a {@link UsageError}. */
export function proxmoxUrl(text: string): string {
  const url = URL.parse(text.includes('://') ? text : `https://${text}`);
  if (url?.protocol !== 'https:' || url.pathname !== '/' || url.username !== '' || url.search !== '') {
    throw new UsageError(`"${text}" is not where a Proxmox VE is: https://HOST:8006, or a host`);
  }
  if (!text.includes('://') && url.port === '') url.port = '8006';
  return url.origin;
}

/** `CLASS=NAME`, added to those before. Throws a {@link UsageError}. */
export function poolOf(text: string, before: Pools = {}): Pools {
  const [, given = '', name = ''] = /^([^=]*)=([\w.-]+(?:\/[\w.-]+)*)$/.exec(text) ?? [];
  const known = poolClasses.find((each) => each === given);
  if (known === undefined) {
    throw new UsageError(
      `"${text}" is no class with its pool: ${poolClasses.map((each) => `${each}=NAME`).join(', ')}`,
    );
  }
  return { ...before, [known]: name };
}

/** USER@REALM!NAME, as Proxmox writes a token. Throws a {@link UsageError}. */
export function tokenId(text: string): string {
  if (/^[^\s:/@!=']+@[A-Za-z][\w.-]*![A-Za-z][\w.-]*$/.test(text)) return text;
  throw new UsageError(
    `"${text}" is no token of Proxmox: USER@REALM!NAME, such as 'huismeester@pve!operate' (in single quotes: ! is history to bash)`,
  );
}

/** A SHA-256 fingerprint as `AA:BB:…`, also from the whole line that openssl prints. Throws a {@link UsageError}. */
export function fingerprintText(text: string): string {
  const digits = text.replace(/^.*=/, '').replaceAll(/[\s:]/g, '').toUpperCase();
  if (!/^[0-9A-F]{64}$/.test(digits)) {
    throw new UsageError(`"${text}" is no SHA-256 fingerprint: 32 pairs of hexadecimal digits, AA:BB:…`);
  }
  return (digits.match(/../g) ?? []).join(':');
}
