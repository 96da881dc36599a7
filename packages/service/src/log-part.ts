import type { ServiceName } from '@huismeester/contracts';
import type { ConsumerStatus } from '@huismeester/events';
import type { Part } from './service.ts';

/** Whether a log was read to its head, as far as that is known. */
export function isUpToDate(status: ConsumerStatus): boolean {
  return isRead(status) && status.lag === 0;
}

/**
 * How a service gets on with a log that it reads. `upToDate`: it is not ready while there is something left to read; `optional`: whatever is
 * the matter with that log, the rest works.
 */
export function logPart(
  service: ServiceName,
  status: ConsumerStatus,
  { upToDate = false, optional = false }: { upToDate?: boolean; optional?: boolean } = {},
): Part {
  const { reader, epoch, lastError, deadLetters } = status;
  const detail =
    lastError ??
    (epoch === undefined ? 'not read yet' : undefined) ??
    (deadLetters > 0 ? `${deadLetters} dead letter(s)` : undefined);
  const ready = upToDate ? isUpToDate(status) : isRead(status);
  return {
    name: `${service}: log of ${reader}`,
    ready,
    ...(optional && { essential: false }),
    ...(detail !== undefined && { detail }),
  };
}

function isRead({ epoch, lastError }: ConsumerStatus): boolean {
  return epoch !== undefined && lastError === undefined;
}
