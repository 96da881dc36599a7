import type { BrokerConnection } from '@huismeester/broker';
import { type Power, phrase, type StatePayload } from '@huismeester/contracts';
import type { Desired } from './core/guest.ts';
import type { Settled } from './core/settle.ts';
import { summary } from './core/summary.ts';
import { rank } from './core/words.ts';

const desiredNumber = { 'hands-off': 0, running: 1, stopped: 2 } as const;

/** What one decision looks like on MQTT. */
function desiredState(desired: Desired, now: number): StatePayload<'policy', 'desired'> {
  return {
    desired: desired.state,
    desired_n: desiredNumber[desired.state],
    generation: desired.generation,
    enforced: desired.mode === 'enforce' ? 1 : 0,
    held: desired.rule === 'hold' ? 1 : 0,
    ts: now,
  };
}

/** The summary and the desired states, retained; of a VM that is no longer listed nothing stays behind. */
export function createDisplay(broker: BrokerConnection | undefined) {
  const shown = new Map<string, number>();
  let first = true;
  return {
    show({ model, verdicts }: Settled, now: number): void {
      broker?.state('space', 'main', summary(model, verdicts, now));
      for (const [vm, { desired }] of model.standings) {
        // The connection repeats what it was last told; only what is new needs telling.
        if (!model.guests.has(vm) || shown.get(vm) === desired.generation) continue;
        shown.set(vm, desired.generation);
        broker?.state('desired', vm, desiredState(desired, now));
      }
      // At first also what an earlier process may have left behind.
      for (const vm of first ? model.standings.keys() : shown.keys()) {
        if (model.guests.has(vm)) continue;
        shown.delete(vm);
        broker?.removeState('desired', vm);
      }
      first = false;
    },
  };
}

/** How the space stands, for `GET /power`. */
export function power(found: Settled | undefined): Power {
  const outages = [...(found?.model.outages.values() ?? [])];
  const worst = [...outages].sort((a, b) => rank(b.stage) - rank(a.stage))[0];
  return {
    stage: worst?.stage ?? 'mains',
    outages: outages.map(({ ups, stage, reasons, since }) => {
      const next = found?.verdicts.find((each) => each.feed.ups === ups)?.verdict.next;
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
