import { indexBelow } from './oid.ts';
import { type Varbind, valueIn } from './value.ts';

export type TrapKind =
  | 'cold-start'
  | 'warm-start'
  | 'link-down'
  | 'link-up'
  | 'authentication-failure'
  | 'other';

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

/** What a trap or an inform says; `genericTrap` is v1's, undefined in v2. */
export function trapKindOf(varbinds: readonly Varbind[], genericTrap: number | undefined): TrapKind {
  return generic[genericTrap ?? genericOf(varbinds)] ?? 'other';
}

function genericOf(varbinds: readonly Varbind[]): number {
  const trap = varbinds.find(({ oid }) => oid === snmpTrapOid);
  const value = trap && valueIn(trap);
  return Number((typeof value === 'string' && indexBelow(snmpTraps, value)) || 0) - 1;
}
