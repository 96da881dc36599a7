import { type Oid, parseOid } from './ber.ts';
import type { Engine } from './engine.ts';
import { encodeCommunity, flags } from './message.ts';
import type { SystemState } from './objects.ts';
import type { Pdu, TrapV1, Varbind } from './pdu.ts';
import type { PortState } from './port.ts';
import { closeMessage } from './usm.ts';
import type { UsmUser } from './usm-keys.ts';

/** generic-trap of SNMPv1; the last arc of snmpTrapOID is one more (RFC 3584, section 3.1). */
const generic = { coldStart: 0, warmStart: 1, linkDown: 2, linkUp: 3, authenticationFailure: 4 } as const;

export type TrapKind = keyof typeof generic;

export interface TrapTarget {
  host: string;
  port: number;
  version: '1' | '2c' | '3';
  /** For versions 1 and 2c; `public` if left out. */
  community?: string;
  /** For version 3: one of the users of the credentials, who signs and encrypts as it is configured. */
  user?: string;
  /** Whether linkDown and linkUp are sent when ifOperStatus changes, and coldStart or warmStart after a restart; true if left out. */
  automatic?: boolean;
}

export interface TrapOptions {
  /** What the trap says of ifOperStatus; the truth if left out. */
  operStatus?: number | 'left-out';
  /** What it says the ifIndex is; the port's if left out. */
  index?: number;
}

export interface TrapContext {
  readonly target: TrapTarget;
  readonly system: SystemState;
  readonly engine: Engine;
  readonly user: UsmUser | undefined;
  /** The agent's own IPv4 address. */
  readonly address: string;
  readonly now: number;
}

const sysUpTime = parseOid('1.3.6.1.2.1.1.3.0');
const snmpTrapOid = parseOid('1.3.6.1.6.3.1.1.4.1.0');
const snmpTraps = parseOid('1.3.6.1.6.3.1.1.5');
const ifEntry = parseOid('1.3.6.1.2.1.2.2.1');

let lastId = 0;

function nextId(): number {
  lastId = (lastId % 0x7f_ff_ff_ff) + 1;
  return lastId;
}

/** The datagram of a trap. */
export function encodeTrap(
  kind: TrapKind,
  port: PortState | undefined,
  options: TrapOptions,
  context: TrapContext,
): Buffer {
  const { target, system, now } = context;
  const varbinds = port ? portVarbinds(port, options) : [];
  if (target.version === '1') {
    const trap: TrapV1 = {
      type: 'trapV1',
      enterprise: system.objectId,
      agentAddress: Uint8Array.from(context.address.split('.').map(Number)),
      genericTrap: generic[kind],
      specificTrap: 0,
      timestamp: system.upTicks(now),
      varbinds,
    };
    return encodeCommunity({ version: '1', community: target.community ?? 'public', pdu: trap });
  }
  const first: Varbind[] = [
    { oid: sysUpTime, value: { type: 'timeTicks', value: system.upTicks(now) } },
    { oid: snmpTrapOid, value: { type: 'oid', value: [...snmpTraps, generic[kind] + 1] } },
  ];
  const pdu: Pdu = {
    type: 'trap',
    requestId: nextId(),
    errorStatus: 0,
    errorIndex: 0,
    varbinds: [...first, ...varbinds],
  };
  if (target.version === '2c')
    return encodeCommunity({ version: '2c', community: target.community ?? 'public', pdu });
  return closeTrap(pdu, context);
}

/** The sender of a trap is its authoritative engine (RFC 3414, section 1.5.1). */
function closeTrap(pdu: Pdu, { engine, user, now }: TrapContext): Buffer {
  if (!user) throw new Error('a trap of SNMPv3 needs one of the users of the credentials');
  return closeMessage({
    id: nextId(),
    flags: (user.auth ? flags.auth : 0) | (user.privKey ? flags.priv : 0),
    maxSize: 65_507,
    user,
    engine,
    time: engine.timeS(now),
    pdu,
  });
}

/** RFC 2863: ifIndex, ifAdminStatus, ifOperStatus. */
function portVarbinds(port: PortState, { operStatus = port.oper, index = port.index }: TrapOptions) {
  const one = (column: number, value: number): Varbind => ({
    oid: [...ifEntry, column, index] satisfies Oid,
    value: { type: 'integer', value },
  });
  const varbinds = [one(1, index), one(7, port.admin === 'up' ? 1 : 2)];
  if (operStatus !== 'left-out') varbinds.push(one(8, operStatus));
  return varbinds;
}
