import type { StackedPort } from '../core/graph-of.ts';
import type { WatchedSwitch } from './watched-switch.ts';

/** The ports of a switch with those that each is made of, by ids (ifStackTable). */
export function stackOf({ ports, about }: WatchedSwitch): StackedPort[] {
  return [...ports].map(([index, { known }]) => {
    const lower = (about.list?.lower.get(index) ?? []).flatMap((below) => {
      const port = ports.get(below);
      return port && below !== index ? [port.known.id] : [];
    });
    return { id: known.id, lower };
  });
}
