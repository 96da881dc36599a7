import type { StoredEvent } from '@huismeester/contracts';
import type { Monitor } from './monitor.ts';

export type Ears = ReturnType<typeof listenTo>;

/** What a monitor says, read once for all who wait for something: each for itself they would keep it from working. */
export function listenTo(monitor: Monitor) {
  const heard: StoredEvent[] = [];
  let reading: Promise<void> | undefined;
  const read = async () => {
    const { events } = await monitor.log.read({ after: heard.length, limit: 1000 });
    heard.push(...events);
  };
  return {
    monitor,
    async events(): Promise<readonly StoredEvent[]> {
      reading ??= read().finally(() => {
        reading = undefined;
      });
      await reading;
      return heard;
    },
    async eventsOf(id: string): Promise<readonly StoredEvent[]> {
      return (await this.events()).filter(({ subject }) => subject === `ups/${id}`);
    },
  };
}
