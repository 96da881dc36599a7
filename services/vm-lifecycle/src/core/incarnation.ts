/** What a guest's configuration says of which guest it is; both in any case of letters. */
export interface Identity {
  /** QEMU: the uuid of `smbios1`, which restore, rollback and migration keep. */
  readonly smbiosUuid?: string | undefined;
  /** Of net0. */
  readonly mac?: string | undefined;
}

/** Which guest stands under a vmid: the uuid of `smbios1`, else net0's MAC; undefined for one that has neither. */
export function incarnationOf({ smbiosUuid, mac }: Identity): string | undefined {
  if (smbiosUuid !== undefined) return `uuid-${smbiosUuid.toLowerCase()}`;
  return mac === undefined ? undefined : macIncarnation(mac);
}

/**
 * Whether the guest that a configuration is of is the one that was known. Undefined where that cannot be said: nothing was known, or
 * it has neither uuid nor MAC now. One known by its MAC is still itself once it has a uuid too.
 */
export function isAnother(known: string | undefined, found: Identity): boolean | undefined {
  const now = incarnationOf(found);
  if (known === undefined || now === undefined) return undefined;
  if (known.startsWith('mac-') && found.mac !== undefined) return macIncarnation(found.mac) !== known;
  return now !== known;
}

function macIncarnation(mac: string): string {
  return `mac-${mac.toLowerCase().replaceAll(':', '-')}`;
}
