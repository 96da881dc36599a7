import { type Clock, pause } from '@huismeester/clock';
import type { SwitchPort } from './port.ts';
import type { TrapKind } from './traps.ts';

/** So often a storm sends what is due: timers for each trap would be too many. */
const stormEveryMs = 20;

/** What takes its time, until `stop`. */
export interface TrapWork {
  pause(ms: number): Promise<void>;
  storm(perSecond: number, seconds: number): Promise<number>;
  flap(port: SwitchPort, options: { everyMs: number; times: number }): Promise<void>;
  stop(): void;
}

export function createTrapWork(
  clock: Clock,
  ports: readonly SwitchPort[],
  send: (kind: TrapKind, port?: string) => void,
): TrapWork {
  const ending = new AbortController();
  const { signal } = ending;
  return {
    pause: (ms) => pause(clock, ms, signal),
    async storm(perSecond, seconds) {
      const begin = clock.monotonicMs();
      const all = Math.floor(perSecond * seconds);
      let sent = 0;
      while (sent < all && !signal.aborted) {
        await pause(clock, stormEveryMs, signal);
        const due = Math.min(all, Math.floor((perSecond * (clock.monotonicMs() - begin)) / 1000));
        for (; sent < due; sent += 1) {
          const port = ports[Math.floor(sent / 2) % ports.length];
          send(sent % 2 === 0 ? 'linkDown' : 'linkUp', port?.name);
        }
      }
      return sent;
    },
    async flap(port, { everyMs, times }) {
      for (let change = 0; change < times * 2 && !signal.aborted; change += 1) {
        if (change % 2 === 0) port.unplug();
        else port.plug();
        await pause(clock, everyMs, signal);
      }
    },
    stop: () => ending.abort(),
  };
}
