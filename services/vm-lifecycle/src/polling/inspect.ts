import { createLoop, type Loop } from '@huismeester/events';
import { answerOf } from '../adapters/call.ts';
import { isAtWork, readKnown } from '../adapters/store.ts';
import type { Guest } from '../core/guest.ts';
import { incarnationOf, isAnother } from '../core/incarnation.ts';
import { inspected } from '../core/inspect.ts';
import { identified } from '../core/observe.ts';
import { proposeOwner } from '../creating/proposing.ts';
import type { Parts } from '../parts.ts';
import type { HypervisorPoller } from './poller.ts';
import { write } from './write.ts';

export interface InspectorOptions extends Parts {
  readonly poller: Pick<HypervisorPoller, 'hypervisor' | 'view' | 'doubt' | 'destroys'>;
  readonly prefix: string;
}

const roundEveryMs = 2_000;
/** How often a guest is read again. */
const readEveryMs = 10 * 60_000;
const afterFailureMs = 60_000;

/**
 * Reads the configuration of each guest of a hypervisor: soon after it was found, and slowly ever after. One at a time,
 * and none while anything is being done to any of them, since in a power cut requests come first. No poller:
 * a round reads as many guests as are due, so it has no deadline, and one that cannot be read waits by itself.
 */
export function createInspector(options: InspectorOptions): Loop {
  const { poller, prefix, database, clock, logger } = options;
  const { hypervisor, view, destroys } = poller;
  /** When each guest that was read is to be read again, by our monotonic clock. */
  let due = new Map<string, number>();
  const loop = createLoop({
    everyMs: roundEveryMs,
    pass: round,
    onError: (error) =>
      logger.error({ err: error, hypervisor: hypervisor.id }, 'configurations could not be read'),
    clock,
  });
  return loop;

  async function round(): Promise<undefined> {
    const { guests } = await readKnown(database.orm, hypervisor.id, prefix);
    // One that was unlisted and is found again is a new one.
    due = new Map(guests.map(keyOf).flatMap((key) => (due.has(key) ? [[key, due.get(key) ?? 0]] : [])));
    for (const guest of guests) {
      if ((due.get(keyOf(guest)) ?? 0) > clock.monotonicMs()) continue;
      if (loop.closing || (await isAtWork(database.orm, hypervisor.id, clock.now()))) return;
      if (view(guest).blind === undefined) await read(guest);
    }
  }

  async function read(guest: Guest): Promise<void> {
    const traits = await answerOf(async () => {
      const config = await hypervisor.guestConfig(guest);
      const { ha } = await hypervisor.guestNow(guest);
      return { ...config, ha, ends: await destroys.ask(guest, guest) };
    });
    const bad = 'code' in traits;
    due.set(keyOf(guest), clock.monotonicMs() + (bad ? afterFailureMs : readEveryMs));
    if (bad) {
      logger.debug({ vm: guest.id, code: traits.code }, 'a configuration could not be read yet');
      return;
    }
    // One that was destroyed and restored is another, though it has the same uuid.
    const destroyed = guest.incarnation !== undefined && traits.ends.destroyed;
    if (destroyed || isAnother(guest.incarnation, traits) === true) return poller.doubt(guest.id);
    const [identity] = identified(guest, traits);
    const news = inspected(guest, traits);
    await write(
      options,
      [identity, news].flatMap((fact) => fact ?? []),
      { ifStill: guest },
    );
    const incarnation = guest.incarnation ?? incarnationOf(traits);
    traits.ends.note(incarnation);
    if (incarnation === undefined) return;
    due.set(keyOf({ id: guest.id, incarnation }), clock.monotonicMs() + readEveryMs);
    const which = { vm: guest.id, hypervisor: guest.hypervisor, vmid: guest.vmid, incarnation };
    await proposeOwner(options, { class: guest.class, which, description: traits.description });
  }
}

/** Another guest under the same id is to be read soon. */
function keyOf({ id, incarnation = '' }: Pick<Guest, 'id' | 'incarnation'>): string {
  return `${id} ${incarnation}`;
}
