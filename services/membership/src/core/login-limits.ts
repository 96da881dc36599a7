/** So many wrong passwords within the time below may there be for one login, and from one address. */
const mostPerLogin = 3;
const mostPerAddress = 20;
const windowMs = 5 * 60_000;
const mostKept = 20_000;

/** Counts wrong logins; nobody is asked for a password more often than this allows. */
export interface LoginLimits {
  /**
   * One attempt begins: how long to wait, in ms, or 0. It counts as wrong until `good` is called, so that many at once are not more than
   * one after the other.
   */
  begin(login: string, address: string): number;
  /** The attempt was right: the login is forgotten, and the address has one less. */
  good(login: string, address: string): void;
  /** It was neither right nor wrong: nobody could be asked. */
  takeBack(login: string, address: string): void;
}

/** `now` in ms, of a clock that is never set. */
export function createLoginLimits(now: () => number): LoginLimits {
  const logins = createWindow(now, mostPerLogin);
  const addresses = createWindow(now, mostPerAddress);
  return {
    begin(login, address) {
      const waitMs = Math.max(logins.waitMs(login), addresses.waitMs(address));
      if (waitMs > 0) return waitMs;
      logins.count(login);
      addresses.count(address);
      return 0;
    },
    good(login, address) {
      logins.forget(login);
      addresses.uncount(address);
    },
    takeBack(login, address) {
      logins.uncount(login);
      addresses.uncount(address);
    },
  };
}

function createWindow(now: () => number, most: number) {
  const seen = new Map<string, number[]>();
  const of = (key: string) => (seen.get(key) ?? []).filter((at) => at > now() - windowMs);
  return {
    waitMs(key: string): number {
      const times = of(key);
      const [first = 0] = times.slice(-most);
      return times.length < most ? 0 : first + windowMs - now();
    },
    count(key: string): void {
      // Of one who tries this many names or addresses the oldest are forgotten first.
      if (seen.size >= mostKept)
        for (const oldest of [...seen.keys()].slice(0, mostKept / 2)) seen.delete(oldest);
      seen.set(key, [...of(key), now()]);
    },
    uncount(key: string): void {
      const rest = of(key).slice(0, -1);
      if (rest.length === 0) seen.delete(key);
      else seen.set(key, rest);
    },
    forget: (key: string) => void seen.delete(key),
  };
}
