const hourMs = 3_600_000;

/** How long a session lasts, and roles after the last complete read of the directory, ms. */
export const holdsMs = 12 * hourMs;
/** So far the clocks of two machines may differ; what is later than that was written before a clock was set back, ms. */
const skewMs = 300_000;

/** Whether what was written with an end has not ended; an end too far away is of a clock that has been set back. */
export function isLive(expires: Date, now: Date): boolean {
  const leftMs = expires.getTime() - now.getTime();
  return leftMs > 0 && leftMs <= holdsMs + skewMs;
}

/** Whether what the directory said then is still believed. */
export function isRecent(readAt: Date | null, now: Date): boolean {
  if (readAt === null) return false;
  const ageMs = now.getTime() - readAt.getTime();
  return ageMs <= holdsMs && ageMs >= -skewMs;
}
