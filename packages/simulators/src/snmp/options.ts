import type { Clock } from '@huismeester/clock';
import type { SwitchPortOptions } from './port.ts';
import type { TrapTarget } from './traps.ts';
import type { SwitchUser } from './usm-keys.ts';

export interface SwitchSimulatorOptions {
  /** An IPv4 address; 127.0.0.1 if left out. */
  host?: string;
  /** UDP; a free one if left out. */
  port?: number;
  /** The system's if left out. */
  clock?: Clock;
  credentials: {
    /** Of SNMPv1 and v2c, for reading. */
    communities?: readonly string[];
    /** Of SNMPv3; snmpEngine is served only if there are some. */
    users?: readonly SwitchUser[];
  };
  ports: readonly SwitchPortOptions[];
  traps?: TrapTarget;
  system?: { descr?: string; objectId?: string; name?: string };
  /** snmpEngineID, 5 to 32 bytes; a random one if left out. */
  engineId?: Uint8Array;
  /** snmpEngineBoots; 1 if left out. */
  boots?: number;
  /** sysUpTime at the start, hundredths of a second; 0 if left out. */
  upTicks?: number;
}

export interface RestartOptions {
  /** snmpEngineBoots stays as it is, which RFC 3414 forbids. */
  bootsUnchanged?: boolean;
  /** The new ifIndex of ports, by name; those left out, or for which it returns undefined, keep theirs. */
  renumber?: ReadonlyMap<string, number> | ((name: string, index: number) => number | undefined);
  /** How long it is silent, ms of the clock; 0 if left out. */
  downMs?: number;
  /** Which trap is sent afterwards; coldStart if left out. */
  kind?: 'coldStart' | 'warmStart';
}
