import type { ServiceName } from '@huismeester/contracts';
import type { Consumer } from '@huismeester/events';
import type { Clock } from '@huismeester/service';
import type { Reading } from './gates.ts';

/** How the reading of each source goes, as the gates of rules need it. */
export function createSources(clock: Clock, consumers: () => readonly Consumer[]) {
  const caughtUp = new Set<string>();
  const awaySince = new Map<string, number>();
  return {
    /** `changed` is called when a source was read to its head once, and whenever one goes away or is read again. */
    watch(changed: () => void): void {
      for (const consumer of consumers()) {
        const { reader } = consumer.status();
        consumer.onChange(changed);
        consumer.caughtUp().then(
          () => {
            caughtUp.add(reader);
            changed();
          },
          // Closed before: nobody asks any more.
          () => undefined,
        );
      }
    },
    readings: (): readonly Reading[] =>
      consumers().map((consumer) => {
        const { source, reader, lag, lastError } = consumer.status();
        if (lastError === undefined) awaySince.delete(reader);
        else if (!awaySince.has(reader)) awaySince.set(reader, clock.now().getTime());
        const away = awaySince.get(reader);
        return {
          source: source as ServiceName,
          ...(reader !== source && { reader }),
          caughtUp: caughtUp.has(reader),
          lag,
          ...(away !== undefined && { awaySince: away }),
        };
      }),
  };
}
