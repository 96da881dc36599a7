import { ProxmoxError, type ProxmoxErrorCode } from './errors.ts';

/**
 * What a sentence of Proxmox's means: its 500s and the exit status of its tasks have no code of their own.
 * The sentences are those of PVE::AbstractConfig, PVE::Tools and PVE::INotify.
 */
export function classifyReason(reason: string): 'not-found' | 'locked' | 'node-unknown' | 'domain' {
  if (
    /\bis locked \(|\bcan't lock file |^(clone failed: )?cfs-lock '.*' error: got lock request timeout/.test(
      reason,
    )
  )
    return 'locked';
  if (/^hostname lookup '.*' failed/.test(reason)) return 'node-unknown';
  if (/^(Configuration file|pool) '.*' does not exist|^unable to find configuration file/.test(reason))
    return 'not-found';
  return 'domain';
}

const byStatus: Readonly<Partial<Record<number, ProxmoxErrorCode>>> = {
  400: 'bad-parameter',
  401: 'unauthorized',
  403: 'forbidden',
  // From whatever stands between us and pveproxy.
  502: 'connection',
  503: 'connection',
  504: 'connection',
  // AnyEvent::HTTP in pveproxy: 595 before, 596 and 597 after the connection to the other node stood.
  595: 'node-offline',
  596: 'node-unknown',
  597: 'node-unknown',
};

/** Statuses after which the act may have been done all the same. */
const unclear: ReadonlySet<number> = new Set([502, 503, 504, 596, 597]);

export interface ErrorAnswer {
  status: number;
  reason: string;
  fields: Readonly<Record<string, string>>;
}

/** Makes the typed error for an answer that is not a 200. */
export function errorOf(request: string, { status, reason, fields }: ErrorAnswer): ProxmoxError {
  const gone = status === 400 && fields.upid === 'no such task';
  const plain = status === 500 ? classifyReason(reason) : (byStatus[status] ?? 'protocol');
  return new ProxmoxError({
    code: gone ? 'not-found' : plain,
    request,
    status,
    reason,
    fields,
    mayHaveArrived: unclear.has(status),
  });
}
