import { thingNeeds } from '../core/outside/needs.ts';
import { factsOf, type OutsideSettings, seenThings } from '../core/outside/view.ts';
import type { Outside, Reader } from '../ports.ts';
import { outside } from '../schema.ts';

/** What is known of the things of other services, by their logs and the settings. */
export function outsideOf(settings: OutsideSettings): Outside {
  const facts = async (tx: Reader) => {
    const rows = await tx.select().from(outside);
    return factsOf(
      rows.map(({ state }) => state),
      settings,
    );
  };
  return {
    things: async (tx) => seenThings(await facts(tx), settings),
    needs: async (tx) => thingNeeds(await facts(tx), settings),
  };
}
