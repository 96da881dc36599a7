import type { Clock } from '@huismeester/clock';

/**
 * Which engine ids to work for. For each that is new a key is made of the password (2 ms, RFC 3414 section 2.6), and
 * anybody can make up engine ids: new ones are taken a few a minute, those that were authenticated always.
 */
export interface Engines {
  mayTry(engineId: Buffer): boolean;
  authenticated(engineId: Buffer): void;
}

const newPerMinute = 10;
const mostRemembered = 16;

export function createEngines(clock: Clock): Engines {
  const remembered = new Set<string>();
  let begun = clock.monotonicMs();
  let tried = 0;
  return {
    mayTry(engineId) {
      // RFC 3411 section 5, SnmpEngineID.
      if (engineId.length < 5 || engineId.length > 32) return false;
      if (remembered.has(engineId.toString('hex'))) return true;
      if (clock.monotonicMs() - begun >= 60_000) {
        begun = clock.monotonicMs();
        tried = 0;
      }
      tried += 1;
      return tried <= newPerMinute;
    },
    authenticated(engineId) {
      const id = engineId.toString('hex');
      remembered.delete(id);
      remembered.add(id);
      const [oldest] = remembered;
      if (remembered.size > mostRemembered && oldest !== undefined) remembered.delete(oldest);
    },
  };
}
