import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';

/** How far the server's clock is from this one, ms: countdowns are by the server's. */
let offsetMs = 0;
/** The header `date` has whole seconds, and an answer takes a while. */
const fineMs = 2_000;

const ticking = signal(Date.now());
let users = 0;
let timer: ReturnType<typeof setInterval> | undefined;

/** Takes the clock of the server from an answer’s header `date`. */
export function learnClock(date: string | null): void {
  const at = date === null ? Number.NaN : Date.parse(date);
  if (Number.isNaN(at)) return;
  const found = at - Date.now();
  offsetMs = Math.abs(found) < fineMs ? 0 : found;
}

/** Now by the server’s clock, ms since 1970. */
export function serverNow(): number {
  return Date.now() + offsetMs;
}

/** Now by the server’s clock, each second anew, for as long as what calls it is on the screen. */
export function useNow(): number {
  useEffect(() => {
    users += 1;
    if (users === 1) {
      ticking.value = Date.now();
      timer = setInterval(() => {
        if (!document.hidden) ticking.value = Date.now();
      }, 1_000);
    }
    return () => {
      users -= 1;
      if (users === 0) clearInterval(timer);
    };
  }, []);
  return Math.max(ticking.value, Date.now() - 1_000) + offsetMs;
}
