import type { SwitchSimulatorOptions } from './options.ts';
import type { SwitchPortOptions } from './port.ts';
import { type SwitchSimulator, startSwitchSimulator } from './simulator.ts';

export interface SwitchesOptions extends Omit<SwitchSimulatorOptions, 'port' | 'ports' | 'engineId'> {
  /** Of each switch; a number makes so many, `gi1/0/1` and so on. */
  ports: number | readonly SwitchPortOptions[];
  /** The UDP port of the first switch; each has its own, counted from here. Free ones if left out. */
  firstPort?: number;
  /** Each switch has an IPv4 address of its own, counted from `host`, and all have the port `firstPort`. False if left out. */
  spread?: boolean;
  /** What is different for the switch of that place, from 0. */
  each?: (place: number) => Partial<SwitchSimulatorOptions>;
}

/** Starts many switches in this process: `switch-0`, `switch-1` … No timer runs while nothing is delayed. Rejects when one cannot start. */
export async function startSwitches(count: number, options: SwitchesOptions): Promise<SwitchSimulator[]> {
  const { host = '127.0.0.1', firstPort = 0, spread = false, ports, each, ...same } = options;
  const started = await Promise.allSettled(
    Array.from({ length: count }, (_, place) =>
      startSwitchSimulator({
        system: { name: `switch-${place}` },
        ...same,
        host: spread ? addressAfter(host, place) : host,
        port: firstPort === 0 || spread ? firstPort : firstPort + place,
        ports: typeof ports === 'number' ? numbered(ports) : ports,
        ...each?.(place),
      }),
    ),
  );
  const failed = started.find((one) => one.status === 'rejected');
  const running = started.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  if (!failed) return running;
  await Promise.all(running.map((one) => one.close()));
  throw failed.reason;
}

function numbered(count: number): SwitchPortOptions[] {
  return Array.from({ length: count }, (_, place) => ({ name: `gi1/0/${place + 1}` }));
}

function addressAfter(address: string, steps: number): string {
  const number = address.split('.').reduce((sum, byte) => sum * 256 + Number(byte), 0) + steps;
  return [24, 16, 8, 0].map((bits) => (number >>> bits) & 0xff).join('.');
}
