import { countChanges } from './core/flaps.ts';
import type { Reports } from './ports.ts';
import { memoryOf } from './switches/watched-port.ts';
import type { WatchedSwitch } from './switches/watched-switch.ts';

/**
 * Ends the flapping of ports that have not changed for long enough, at a time in ms since 1970. Looks do so as well, but of a switch that
 * does not answer there are none.
 */
export function endFlapsOfPorts(
  switches: readonly Pick<WatchedSwitch, 'ports'>[],
  { post }: Pick<Reports, 'post'>,
  time: number,
): void {
  for (const port of switches.flatMap(({ ports }) => [...ports.values()])) {
    const before = port.watch.flaps;
    if (!before.flapping) continue;
    const { flaps, turned } = countChanges(before, 0, time);
    if (turned !== 'stable') continue;
    port.watch = { ...port.watch, flaps };
    post([{ kind: 'stable', thing: port.thing }], new Map([[port.thing, memoryOf(port)]]));
  }
}
