/** So many wrong passwords within the time below may there be for one login, and from one address. */
const mostPerLogin = 3;
const mostPerAddress = 20;
const windowMs = 5 * 60_000;
const mostKept = 20_000;

/** Whose wrong logins are counted: the login as it was typed, the person whom it is of as far as that is known, and the address. */
export interface Attempt {
  readonly login: string;
  readonly person: string | undefined;
  readonly address: string;
}

/** Counts wrong logins; nobody is asked for a password more often than this allows. */
export interface LoginLimits {
  /**
   * One attempt begins: how long to wait, in ms, or 0. It counts as wrong until `good` is called, so that many at once are not more than
   * one after the other. `locked`: the person has had too many, by other logins than this; to say so would tell whose login this is.
   */
  begin(attempt: Attempt): number | 'locked';
  /** How long this address has to wait, in ms, or 0. */
  addressWaitMs(address: string): number;
  /** The attempt was right: login and person are forgotten, and the address has one less. */
  good(attempt: Attempt): void;
  /** It was neither right nor wrong: nobody could be asked. */
  takeBack(attempt: Attempt): void;
}

/** `now` in ms, of a clock that is never set. */
export function createLoginLimits(now: () => number): LoginLimits {
  const logins = createWindow(now, mostPerLogin);
  const people = createWindow(now, mostPerLogin);
  const addresses = createWindow(now, mostPerAddress);
  return {
    begin({ login, person, address }) {
      const waitMs = Math.max(logins.waitMs(login), addresses.waitMs(address));
      if (waitMs > 0) return waitMs;
      const isLocked = person !== undefined && people.waitMs(person) > 0;
      logins.count(login);
      addresses.count(address);
      if (isLocked) return 'locked';
      if (person !== undefined) people.count(person);
      return 0;
    },
    addressWaitMs: addresses.waitMs,
    good({ login, person, address }) {
      logins.forget(login);
      if (person !== undefined) people.forget(person);
      addresses.uncount(address);
    },
    takeBack({ login, person, address }) {
      logins.uncount(login);
      if (person !== undefined) people.uncount(person);
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
