/** What may end an account of Proxmox for a while, or for good. */
interface Ends {
  /** Absent: never. */
  readonly expires?: Date;
}

/** Whether nobody can log in with a user now: disabled or expired (CORE-4). What it may stands in Proxmox all the same. */
export function isUserAsleep({ enabled, expires }: Ends & { readonly enabled: boolean }, now: Date): boolean {
  return !enabled || isOver(expires, now);
}

/** The same of a token, which goes with its user. */
export function isTokenAsleep(token: Ends, user: Ends & { readonly enabled: boolean }, now: Date): boolean {
  return isOver(token.expires, now) || isUserAsleep(user, now);
}

function isOver(expires: Date | undefined, now: Date): boolean {
  return expires !== undefined && expires < now;
}
