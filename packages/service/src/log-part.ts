import type { ServiceName } from '@huismeester/contracts';
import type { ConsumerStatus } from '@huismeester/events';
import type { Part } from './service.ts';

/** How a service gets on with a log that it reads. `upToDate`: it is not ready while there is something left to read. */
export function logPart(
  service: ServiceName,
  { source, epoch, lag, lastError, deadLetters }: ConsumerStatus,
  { upToDate }: { upToDate: boolean },
): Part {
  const unread = epoch === undefined;
  const detail =
    lastError ??
    (unread ? 'not read yet' : undefined) ??
    (deadLetters > 0 ? `${deadLetters} dead letter(s)` : undefined);
  const ready = lastError === undefined && !unread && (lag === 0 || !upToDate);
  return { name: `${service}: log of ${source}`, ready, ...(detail !== undefined && { detail }) };
}
