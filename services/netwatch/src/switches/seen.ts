import type { LookReason } from '@huismeester/contracts';
import type { SnmpError } from '@huismeester/snmp';
import type { Now } from '../core/moment.ts';
import type { SwitchSeen } from '../core/switch-watch.ts';
import type { SwitchState } from './if-mib.ts';

/** What a look at a switch came to: its state, or why that could not be read. */
export function seenOf(state: SwitchState | LookReason, began: Now): SwitchSeen {
  if (typeof state === 'string') return { kind: 'failed', reason: state, began };
  const { ticks, boots } = state;
  if (ticks === undefined) return { kind: 'read', uptime: undefined, began };
  return { kind: 'read', uptime: { ticks, at: began, ...(boots !== undefined && { boots }) }, began };
}

/** An agent that does not answer and one whose community is another look alike (RFC 3584). */
export function reasonOf({ code }: SnmpError): LookReason {
  if (code === 'timeout' || code === 'unreachable' || code === 'closed') return 'no-answer';
  return code === 'refused' ? 'wrong-secret' : 'wrong-answer';
}
