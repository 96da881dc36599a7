import type { StatePayload } from '@huismeester/contracts';
import { gauge, type ServiceContext } from '@huismeester/service';
import type { SpaceView } from './display/space.ts';
import { summary } from './display/summary.ts';
import type { OutageNow } from './rules/power/outage.ts';
import { rank } from './rules/power/plan.ts';

type Registry = ServiceContext['metrics'];
type Samples = { readonly labels: Record<string, string>; readonly value: number }[];
type Space = StatePayload<'policy', 'space'>;

const stageNumbers = '0 mains, 1 recovering, 2 hold, 3 participant, 4 space-wide, 5 core';

/** What the summary for lights and displays says of the whole space. */
const ofSpace: Readonly<Record<string, { help: string; read: (space: Space) => number | undefined }>> = {
  huismeester_space_on_battery: {
    help: '1: at least one UPS runs on battery',
    read: ({ on_battery }) => on_battery,
  },
  huismeester_space_stage: { help: `Worst of any UPS: ${stageNumbers}`, read: ({ stage_n }) => stage_n },
  huismeester_space_next_stage_seconds: {
    help: 'Until the next stage, where that is known',
    read: ({ next_stage_s }) => next_stage_s,
  },
  huismeester_space_core_down: {
    help: 'Core VMs that do not run, and other core things that are down',
    read: ({ core_down }) => core_down,
  },
  huismeester_space_open_violations: {
    help: 'Violations of the policy that are open',
    read: ({ open_violations }) => open_violations,
  },
  huismeester_space_hindered: {
    help: 'Decisions that are not carried out: what was asked for them was given up',
    read: ({ hindered }) => hindered,
  },
  huismeester_space_holds: {
    help: 'Things on hold',
    read: ({ holds }) => holds,
  },
};

/**
 * The stage of each power cut, the countdown to its next stage, and the summary of the space, as the newest evaluation
 * found them; before the first there are none. `now` gives ms since 1970.
 */
export function meterPolicy(metrics: Registry, view: SpaceView, now: () => number): void {
  const stage = {
    name: 'huismeester_outage_stage',
    help: `Of each UPS: ${stageNumbers}`,
    labels: {},
    sampleLabels: ['ups'],
  };
  gauge(metrics, stage, () => stagesOf(view.outages(now())));
  const next = {
    name: 'huismeester_outage_next_stage_seconds',
    help: 'Until the next stage, which `stage` names',
    labels: {},
    sampleLabels: ['ups', 'stage'],
  };
  gauge(metrics, next, () => countdownsOf(view.outages(now()), now()));
  for (const [name, { help, read }] of Object.entries(ofSpace)) {
    gauge(metrics, { name, help, labels: {} }, () => {
      const space = view.space(now());
      return space && read(summary(space));
    });
  }
}

/** The value of each gauge of the whole space; those that are not known are left out. */
export function readingsOf(space: Space): Record<string, number> {
  return Object.fromEntries(
    Object.entries(ofSpace).flatMap(([name, { read }]) => {
      const value = read(space);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** The stage of every UPS that is known, as a number. */
export function stagesOf(outages: readonly OutageNow[]): Samples {
  return outages.map(({ feed, verdict }) => ({ labels: { ups: feed.ups }, value: rank(verdict.stage) }));
}

/** Seconds until the next stage of each UPS of which that is known; 0 when it is due. */
export function countdownsOf(outages: readonly OutageNow[], now: number): Samples {
  return outages.flatMap(({ feed, verdict: { next } }) =>
    next
      ? [{ labels: { ups: feed.ups, stage: next.stage }, value: Math.max(0, (next.at - now) / 1000) }]
      : [],
  );
}
