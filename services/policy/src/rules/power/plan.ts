import type { PowerSettings, Stage as StageSchema } from '@huismeester/contracts';
import { milliseconds } from '@huismeester/contracts';
import type { Static } from 'typebox';
import type { VmClass } from '../../facts/vm.ts';

export type Stage = Static<typeof StageSchema>;
export type { VmClass };

/** The stages of a power cut, mildest first; each class is shut down from the stage of its own name on. */
export const stages: readonly Stage[] = ['mains', 'recovering', 'hold', 'participant', 'space-wide', 'core'];

/** The classes in the order in which they go off; they come back in reverse. */
export const classes: readonly VmClass[] = ['participant', 'space-wide', 'core'];

/** How far along a stage is; a class's name is the stage at which it goes off. */
export function rank(stage: Stage): number {
  return stages.indexOf(stage);
}

/** The power settings with every duration in milliseconds and every charge in percent. */
export interface PowerPlan {
  readonly onBatteryHoldMs: number;
  readonly participantAfterMs: number;
  readonly below: {
    readonly [K in 'space-wide' | 'core']: {
      readonly runtimeMs: number;
      readonly chargePct: number;
      /** Time on battery, where the UPS reports neither runtime nor charge. */
      readonly unreadMs: number;
    };
  };
  /** What a guest is expected to need for its shutdown until it was seen to shut down. */
  readonly expectedShutdownMs: number;
  /** Kept back at the end of the battery when stages are counted backwards from it. */
  readonly reserveMs: number;
  readonly restoreHoldMs: number;
  readonly restoreChargeAbovePct: number;
  readonly restoreStepMs: number;
}

/** Reads the durations of `policy.power`. */
export function powerPlan(settings: PowerSettings): PowerPlan {
  const below = (each: PowerSettings['core']) => ({
    runtimeMs: milliseconds(each.runtimeBelow),
    chargePct: each.chargeBelow,
    unreadMs: milliseconds(each.unreadAfter),
  });
  return {
    onBatteryHoldMs: milliseconds(settings.onBatteryHold),
    participantAfterMs: milliseconds(settings.participant.after),
    below: { 'space-wide': below(settings['space-wide']), core: below(settings.core) },
    expectedShutdownMs: milliseconds(settings.expectedShutdown),
    reserveMs: milliseconds(settings.reserve),
    restoreHoldMs: milliseconds(settings.restoreHold),
    restoreChargeAbovePct: settings.restoreChargeAbove,
    restoreStepMs: milliseconds(settings.restoreStep),
  };
}
