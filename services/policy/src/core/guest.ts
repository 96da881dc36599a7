import type { Mode, PowerState, Reason, Stage } from '@huismeester/contracts';
import type { Static } from 'typebox';
import type { Guest } from '../facts/vm.ts';

export * from '../facts/vm.ts';

export interface Desired {
  readonly vm: string;
  readonly state: Static<typeof PowerState>;
  readonly generation: number;
  readonly rule: 'hold' | 'power' | 'keep';
  readonly clause: string;
  readonly reason: string;
  readonly reasons?: Reason[];
  readonly evidence: string[];
  readonly mode: Static<typeof Mode>;
  readonly stage?: Static<typeof Stage>;
  readonly validUntil?: string;
  readonly settingsHash: string;
}

/** What policy remembers of one VM: its newest decision, and whether a power cut took it down. */
export interface Standing {
  readonly desired: Desired;
  /** When the newest decision was made, ms since 1970. */
  readonly decidedAt: number;
  readonly shed?: Shed;
}

/** A VM that ran when a power cut reached it, from the decision to stop it until it runs again. */
export interface Shed {
  readonly enforced: boolean;
  /** When it was first decided to stop it, ms since 1970. */
  readonly since: number;
  readonly correlationid: string;
  /** How many decisions to start it again were given up. */
  readonly startsGivenUp?: number;
}

/** Whether a guest was seen off since it was shed: whoever starts it after that is not fought. */
export function wentOff(guest: Guest, standing: Standing | undefined): boolean {
  return (
    standing?.shed !== undefined && guest.stoppedAt !== undefined && guest.stoppedAt >= standing.shed.since
  );
}

/** What is remembered of a guest; a shedding from before it was found concerns another guest, or another life of it. */
export function ownStanding(guest: Guest, standing: Standing | undefined): Standing | undefined {
  if (!standing?.shed || guest.foundAt === undefined || guest.foundAt <= standing.shed.since) return standing;
  const { shed: _, ...own } = standing;
  return own;
}
