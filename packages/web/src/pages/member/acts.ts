import type { MemberAct, MemberResource } from '@huismeester/contracts';

/** By which clause something is decided about a member. */
export const clauseOf: Readonly<Record<MemberAct, string>> = {
  confirm: 'JOIN-3',
  extend: 'JOIN-3',
  suspend: 'TEAM-1',
  lift: 'TEAM-1',
  end: 'TEAM-1',
};

/** What is not done to somebody without a reason. */
export const needsReason: ReadonlySet<MemberAct> = new Set(['extend', 'suspend', 'end']);
/** What a board member does alone. */
const alone: ReadonlySet<MemberAct> = new Set(['suspend', 'lift', 'end']);

/** What can be asked about a member as they stand. */
function actsFor(register: MemberResource['register']): readonly MemberAct[] {
  switch (register) {
    case 'trial':
      return ['confirm', 'extend', 'suspend', 'end'];
    case 'full':
      return ['suspend', 'end'];
    case 'suspended':
      return ['lift', 'end'];
    default:
      return [];
  }
}

/** Who asks: what they are decides what they may. */
export interface Asker {
  readonly isFull: boolean;
  readonly isBoard: boolean;
}

/** What somebody may ask about a member; the server decides anyway. */
export function mayAsk(
  register: MemberResource['register'],
  { isFull, isBoard }: Asker,
): readonly MemberAct[] {
  return actsFor(register).filter((act) => isFull || (isBoard && alone.has(act)));
}

/** Whether it is done at once, and not proposed. */
export function isAlone(act: MemberAct, { isBoard }: Pick<Asker, 'isBoard'>): boolean {
  return isBoard && alone.has(act);
}
