import type { Clock } from '@huismeester/clock';
import { parseCookie } from 'undici';

/** The cookies of one site, all of whose requests go to one address: paths and domains have no meaning here. */
export interface Cookies {
  take(setCookie: string | string[] | undefined): void;
  /** The value of the header `Cookie`; empty if there is none. */
  header(): string;
  clear(): void;
}

export function createCookies(clock: Pick<Clock, 'now'>): Cookies {
  const all = new Map<string, string>();
  return {
    take(setCookie) {
      for (const line of [setCookie ?? []].flat()) {
        const cookie = parseCookie(line);
        if (cookie === null) continue;
        const { name, value, maxAge, expires } = cookie;
        const isOver =
          maxAge !== undefined
            ? maxAge <= 0
            : expires !== undefined && Number(expires) <= clock.now().getTime();
        if (isOver) all.delete(name);
        else all.set(name, value);
      }
    },
    header: () => [...all].map(([name, value]) => `${name}=${value}`).join('; '),
    clear: () => all.clear(),
  };
}
