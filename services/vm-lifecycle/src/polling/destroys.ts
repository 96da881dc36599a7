import type { Clock } from '@huismeester/service';
import { destroysFrom, type Earlier, isDestroyed, noteEarlier } from '../core/destroyed.ts';
import type { Guest, GuestTask } from '../core/guest.ts';
import type { Hypervisor, Place } from '../ports.ts';

type Located = Place & Pick<Guest, 'id'>;
/** A guest as it was known, on the node where it is looked for. */
type Known = Located & Pick<Guest, 'incarnation' | 'changedAt'>;

export interface Found {
  /** Whether the guest that was known was destroyed since. */
  readonly destroyed: boolean;
  /** Notes that this guest stands there after all that was found. Its configuration must have been read before the tasks were asked for. */
  readonly note: (incarnation: string | undefined) => void;
}

/** By which tasks guests were destroyed, and whether that was the end of those that are known now. */
export interface Destroys {
  /** Asks a node for them; `known` is the guest that was known to stand there, if one was. */
  ask(place: Located, known?: Known): Promise<Found>;
  /** Whether the end of a guest is among the tasks of its node. */
  among(known: Known, tasks: readonly GuestTask[]): boolean;
}

/** What it notes of each guest is lost with the process: then a task counts only if it is later by any clock. */
export function watchDestroys(hypervisor: Hypervisor, clock: Pick<Clock, 'now'>): Destroys {
  const noted = new Map<string, Earlier>();
  const of = (known: Known | undefined): Earlier | undefined => {
    const earlier = known && noted.get(keyOf(known));
    return earlier?.incarnation === known?.incarnation ? earlier : undefined;
  };
  return {
    async ask(place, known) {
      const earlier = of(known);
      const since = destroysFrom(known?.changedAt, earlier, clock.now());
      const tasks = await hypervisor.destroys(place, since);
      return {
        destroyed: known !== undefined && isDestroyed(known, tasks, earlier),
        note: (incarnation) => {
          const key = keyOf(place);
          noted.set(key, noteEarlier(incarnation, { tasks, since }, known && noted.get(key)));
        },
      };
    },
    among: (known, tasks) => isDestroyed(known, tasks, of(known)),
  };
}

/** Where a guest was before, others may have been destroyed. */
function keyOf({ id, node }: Located): string {
  return `${id} ${node}`;
}
