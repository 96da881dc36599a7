import { setTimeout as sleep } from 'node:timers/promises';
import type { ServiceName } from '@huismeester/contracts';
import type { LoggedEvent } from './assertions.ts';
import type { LocalApi } from './local-api.ts';

/** All that a service's log has by now, oldest first. */
export type Logs = (service: ServiceName) => Promise<readonly LoggedEvent[]>;

/** How long one look at a log serves all who look. */
const lookMs = 200;

/** Reads each log on from where it was, once for all who wait for something: each for itself would keep it from working. */
export function followLogs(api: LocalApi): Logs {
  const logs = new Map<ServiceName, { events: LoggedEvent[]; reading?: Promise<void> }>();
  const read = async (service: ServiceName, events: LoggedEvent[]): Promise<void> => {
    for (;;) {
      const page = await api.get<{ events: LoggedEvent[]; head: number }>(
        `/api/v1/${service}/events?after=${events.length}&limit=1000`,
      );
      events.push(...page.events);
      if (page.events.length === 0 || events.length >= page.head) break;
    }
    await sleep(lookMs);
  };
  return async (service) => {
    const log = logs.get(service) ?? { events: [] };
    logs.set(service, log);
    log.reading ??= read(service, log.events).finally(() => {
      delete log.reading;
    });
    await log.reading;
    return log.events;
  };
}
