import type { BrokerConnection } from '@huismeester/broker';
import type { StatePayload } from '@huismeester/contracts';
import type { Passed } from '../desired/pass-runner.ts';
import type { Decided } from '../desired/record.ts';
import { partsOf } from '../desired/target.ts';
import { type Space, summary } from './summary.ts';

const desiredNumber = { 'hands-off': 0, running: 1, stopped: 2 } as const;

/** What one decision looks like on MQTT. */
function desiredState({ state, generation, rule }: Decided, now: number): StatePayload<'policy', 'desired'> {
  return {
    desired: state,
    desired_n: desiredNumber[state],
    generation,
    enforced: 1,
    held: rule === 'hold' ? 1 : 0,
    ts: now,
  };
}

/** How often the summary is published although nothing happens: whoever subscribes must not wait for long, ms. */
const repeatMs = 10_000;

/** Publishes the summary and the desired states of VMs, retained; of a VM that is no longer listed nothing stays behind. */
export function createPublisherOfStates(broker: BrokerConnection | undefined) {
  const published = new Map<string, number>();
  let isFirst = true;
  let summaryAt = Number.NEGATIVE_INFINITY;
  const publishSummary = (space: Space): void => {
    summaryAt = space.now;
    broker?.state('space', 'main', summary(space));
  };
  return {
    /** As time goes by: in a power cut each time, for the countdown; else now and then. */
    tick(space: Space | undefined): void {
      if (!space) return;
      const isCalm = space.outages.every(({ verdict }) => verdict.stage === 'mains');
      if (!isCalm || Math.abs(space.now - summaryAt) >= repeatMs) publishSummary(space);
    },
    publish({ pass, facts, now }: Passed, space: Space | undefined): void {
      if (space) publishSummary(space);
      const decided = [...pass.after.desired.values()].flatMap(({ target, decided: newest }) => {
        const { kind, id } = partsOf(target);
        return kind === 'vm' && newest ? [{ vm: id, newest }] : [];
      });
      for (const { vm, newest } of decided) {
        // The connection repeats what it published last; only what is new needs publishing.
        if (!facts.vm.has(vm) || published.get(vm) === newest.generation) continue;
        published.set(vm, newest.generation);
        broker?.state('desired', vm, desiredState(newest, now));
      }
      // At first also what an earlier process may have left behind.
      for (const vm of isFirst ? decided.map((each) => each.vm) : published.keys()) {
        if (facts.vm.has(vm)) continue;
        published.delete(vm);
        broker?.removeState('desired', vm);
      }
      isFirst = false;
    },
  };
}
