import { type Power, type PowerLimits, phrase } from '@huismeester/contracts';
import type { Passed } from '../desired/pass-runner.ts';
import { presences } from '../desired/presence.ts';
import { targetOfNode } from '../desired/target.ts';
import type { OutageNow } from '../rules/power/outage.ts';
import { type PowerPlan, rank } from '../rules/power/plan.ts';
import { type Memory, outagesOf } from '../rules/power/state.ts';
import { powerView } from '../rules/power/view.ts';
import type { PolicySettings } from '../rules/settings.ts';
import type { Space } from './summary.ts';

export interface SpaceView {
  /** Undefined before the first evaluation: nothing is known yet. */
  space(now: number): Space | undefined;
  outages(now: number): readonly OutageNow[];
}

/** How the space is, as the newest pass found it, at any moment after it. */
export function spaceView(
  settings: PolicySettings,
  latest: () => Passed | undefined,
  startedAt: () => number,
): SpaceView {
  let known: Passed | undefined;
  // While the gate of power is closed for a moment, what the pass before found is still shown.
  const newest = (): Passed | undefined => {
    known = asked(latest()) ?? known;
    return known;
  };
  const outages = (found: Passed, now: number): OutageNow[] =>
    powerView(found.facts, found.pass.after.rules.get('power'), { settings, startedAt: startedAt(), now });
  return {
    outages: (now) => {
      const found = newest();
      return found ? outages(found, now) : [];
    },
    space: (now) => {
      const found = newest();
      if (!found) return undefined;
      const { facts, open } = found;
      return {
        facts,
        dependsOn: settings.dependsOn,
        outages: outages(found, now),
        openViolations: open,
        nodesOff: nodesOff(found),
        hindered: hindered(found),
        now,
      };
    },
  };
}

/** Until the power rule was asked once, nothing is known of power cuts. */
function asked(found: Passed | undefined): Passed | undefined {
  return found && !found.pass.silent.has('power') ? found : undefined;
}

/** How many nodes we shut down in a power cut, and are off. */
function nodesOff({ pass, facts }: Passed): number {
  // The rows were written by the power rule alone.
  const memory = (pass.after.rules.get('power') ?? new Map()) as Memory;
  return [...facts.node.values()].filter(({ id, online }) => {
    const row = memory.get(targetOfNode(id));
    return !online && row?.kind === 'node' && row.enforced;
  }).length;
}

/** How many decisions are not carried out although they count: vm-lifecycle gave up on them. */
function hindered({ pass, facts }: Passed): number {
  const known = presences(facts);
  return [...pass.after.desired.values()].filter(({ target, decided }) => {
    const gaveUp = known.get(target)?.gaveUp;
    return (
      decided !== undefined && decided.state !== 'hands-off' && !decided.met && gaveUp === decided.generation
    );
  }).length;
}

/** How the space's power is, for `GET /power`. */
export function power(
  outages: readonly OutageNow[] | undefined,
  memory: ReadonlyMap<string, unknown> | undefined,
): Omit<Power, 'limits'> {
  if (outages === undefined) return { stage: 'unknown', outages: [] };
  const open = [...outagesOf((memory ?? new Map()) as never).values()];
  const worst = open.toSorted((a, b) => rank(b.stage) - rank(a.stage))[0];
  return {
    stage: worst?.stage ?? 'mains',
    outages: open.map(({ ups, stage, reasons, since }) => {
      const next = outages.find(({ feed }) => feed.ups === ups)?.verdict.next;
      return {
        ups,
        stage,
        because: phrase(reasons, 'en'),
        since: new Date(since).toISOString(),
        ...(next && { next: { stage: next.stage, at: new Date(next.at).toISOString() } }),
      };
    }),
  };
}

/** The limits of the stages, for `GET /power`. */
export function limitsOf(plan: PowerPlan): PowerLimits {
  const below = ({ runtimeMs, chargePct, unreadMs }: PowerPlan['below']['core']) => ({
    runtime_s: runtimeMs / 1000,
    charge_pct: chargePct,
    unread_s: unreadMs / 1000,
  });
  return {
    hold_s: plan.onBatteryHoldMs / 1000,
    participant: { after_s: plan.participantAfterMs / 1000 },
    'space-wide': below(plan.below['space-wide']),
    core: below(plan.below.core),
    restore: { stable_s: plan.restoreHoldMs / 1000, charge_pct: plan.restoreChargeAbovePct },
  };
}
