import { lockedOut, type Request } from './request.ts';

/** The errors of QEMU's and LXC's shutdown tasks, and of our own deadline for ha-manager, for a guest that did not go down in time. */
const timedOut =
  /^VM quit\/powerdown failed - got timeout|^container did not stop|^ha-manager did not do it in time|: it did not go down in time$/;

/** Whether this shutdown was carried out as far as it goes, and the guest did not go down in the time that it had. */
export function isHung({
  act,
  error,
}: Pick<Request, 'act'> & { readonly error?: string | undefined }): boolean {
  return act === 'shutdown' && error !== undefined && !lockedOut.test(error) && timedOut.test(error);
}

/**
 * What is asked of a guest that is to be off: it is stopped only where settings allow that for its class, and only
 * after a shutdown of the same decision that had all its time. `before` is the request before, of the same decision.
 */
export function actToStop(before: Request | undefined, forceStop: boolean): 'shutdown' | 'stop' {
  return forceStop && before !== undefined && (before.act === 'stop' || isHung(before)) ? 'stop' : 'shutdown';
}
