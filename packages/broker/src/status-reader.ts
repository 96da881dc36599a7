import { faults, type ServiceStatus, Status } from '@huismeester/contracts';

/**
 * Reads the payloads on one service's status topic. Undefined for what says nothing: garbage, and the will of a session
 * older than the newest one seen, which arrives late when a service was started again before the broker missed the old
 * one. A status that says `online: 1` always counts: after a power cut a clock may have gone back, and the session with it.
 */
export function statusReader(): (payload: string) => ServiceStatus | undefined {
  let newest = Number.NEGATIVE_INFINITY;
  return (payload) => {
    const status = parse(payload);
    if (!status || (status.online === 0 && status.session < newest)) return undefined;
    newest = status.session;
    return status;
  };
}

function parse(payload: string): ServiceStatus | undefined {
  try {
    const value: unknown = JSON.parse(payload);
    return isStatus(value) ? value : undefined;
  } catch {
    // Not JSON: anybody may have written it on an open broker.
    return undefined;
  }
}

function isStatus(value: unknown): value is ServiceStatus {
  return faults(Status, value).length === 0;
}
