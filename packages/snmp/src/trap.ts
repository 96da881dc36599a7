import { indexBelow } from './oid.ts';
import { type Varbind, valueIn } from './value.ts';

export type TrapKind =
  | 'cold-start'
  | 'warm-start'
  | 'link-down'
  | 'link-up'
  | 'authentication-failure'
  | 'other';

/** What a trap or an inform says, in v1 too. */
export interface TrapContent {
  readonly kind: TrapKind;
  /** Which interface it is about, if it has one of its variables: 0 to 2^32 - 1. */
  readonly ifIndex?: number;
}

/** v1's generic-trap (RFC 1157 section 4.1.6); the last arc of snmpTraps in v2 is one more (RFC 3584 section 3.1). */
const generic: readonly TrapKind[] = [
  'cold-start',
  'warm-start',
  'link-down',
  'link-up',
  'authentication-failure',
];

const snmpTraps = '1.3.6.1.6.3.1.1.5';
const snmpTrapOid = '1.3.6.1.6.3.1.1.4.1.0';
const ifEntry = '1.3.6.1.2.1.2.2.1';
/** ifIndex, ifAdminStatus, ifOperStatus: linkDown and linkUp have all three (RFC 2863). */
const ofInterface = [1, 7, 8].map((column) => `${ifEntry}.${column}`);

/** Reads a notification; `genericTrap` is v1's, undefined in v2. */
export function readTrap(varbinds: readonly Varbind[], genericTrap: number | undefined): TrapContent {
  const kind = generic[genericTrap ?? genericOf(varbinds)] ?? 'other';
  const ifIndex = ifIndexOf(varbinds);
  return ifIndex === undefined ? { kind } : { kind, ifIndex };
}

function genericOf(varbinds: readonly Varbind[]): number {
  const trap = varbinds.find(({ oid }) => oid === snmpTrapOid);
  const value = trap && valueIn(trap);
  return Number((typeof value === 'string' && indexBelow(snmpTraps, value)) || 0) - 1;
}

function ifIndexOf(varbinds: readonly Varbind[]): number | undefined {
  for (const column of ofInterface) {
    for (const varbind of varbinds) {
      const index = Number(indexBelow(column, varbind.oid));
      if (Number.isSafeInteger(index) && index > 0) return index;
      // Some agents leave the index away: the value is it, too.
      const value = column === ofInterface[0] && varbind.oid === column ? valueIn(varbind) : undefined;
      if (typeof value === 'number') return value >>> 0;
    }
  }
  return undefined;
}
