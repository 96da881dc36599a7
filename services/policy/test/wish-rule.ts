import { type PowerTarget, targetOfVm } from '../src/desired/target.ts';
import {
  type Act,
  type AnyRule,
  defineRule,
  type Mine,
  type Opinion,
  type Tier,
} from '../src/rules/define.ts';

/** A rule whose opinions a test sets: VMs that are to be off or to run, and what it is shown of its own. */
export class WishRule {
  readonly wishes = new Map<string, Act['state']>();
  fails: boolean;
  mine: ReadonlyMap<PowerTarget, Mine> = new Map();
  readonly rule: AnyRule;

  constructor(tier: Tier = 'lease', clause = 'PART-4', speaksOf = 'participant') {
    this.fails = false;
    this.rule = defineRule({
      name: tier,
      clauses: new Map([[clause, 'What a test wants']]),
      reads: ['vm'],
      violationKinds: [],
      tiers: [tier],
      row: {},
      maySpeakOf: ({ vm }) =>
        [...vm.values()].filter((guest) => guest.class === speaksOf).map((guest) => targetOfVm(guest.vm)),
      decide: (_known, _memory, context) => {
        if (this.fails) throw new Error('a bug');
        this.mine = context.mine;
        const opinions: Opinion[] = [...this.wishes].map(([vm, state]) => wish(vm, state, tier, clause));
        return {
          opinions,
          memory: new Map(),
          events: [],
          notices: [],
          violations: { found: [], undecided: [] },
          clauses: new Map(),
        };
      },
    });
  }
}

function wish(vm: string, state: Act['state'], tier: Tier, clause: string): Act {
  return { kind: 'act', target: targetOfVm(vm), tier, state, clause, reasons: [], evidence: [] };
}
