/**
 * Says whether something is seen for the first time, so that it is logged once and a client cannot fill the disk. It
 * forgets everything when it holds `limit` keys.
 */
export function firstTime(limit = 1000): (key: string) => boolean {
  const seen = new Set<string>();
  return (key) => {
    if (seen.has(key)) return false;
    if (seen.size >= limit) seen.clear();
    seen.add(key);
    return true;
  };
}
