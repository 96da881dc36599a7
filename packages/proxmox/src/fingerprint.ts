import { ProxmoxSettingsError } from './errors.ts';

/**
 * Brings a SHA-256 fingerprint into the form `AA:BB:…`, which Proxmox shows and Node reports. Throws
 * ProxmoxSettingsError for anything else, a SHA-1 fingerprint included.
 */
export function normalizeFingerprint(text: string): string {
  const digits = text.trim().replaceAll(':', '').toUpperCase();
  if (!/^[0-9A-F]{64}$/.test(digits))
    throw new ProxmoxSettingsError(
      `found the fingerprint "${text}", expected SHA-256: 32 pairs of hexadecimal digits like AA:BB:…`,
    );
  return (digits.match(/../g) ?? []).join(':');
}
