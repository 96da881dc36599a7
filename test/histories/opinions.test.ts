import type { Decided } from '@huismeester/policy/desired/record';
import { partsOf, targetOfVm } from '@huismeester/policy/desired/target';
import { rule as keepRunning } from '@huismeester/policy/rules/keep-running/index';
import { rule as power } from '@huismeester/policy/rules/power/index';
import { minute, PowerSpace, second } from '@huismeester/policy/test/power-space';
import { WishRule } from '@huismeester/policy/test/wish-rule';
import fc from 'fast-check';
import { expect, it } from 'vitest';

const wanted = process.env.HUISMEESTER_HISTORIES;
const search = wanted === undefined ? { numRuns: 100, seed: 1 } : { numRuns: Number(wanted) };
const vm = fc.constantFrom('101', '110', '120');
const name = fc.constantFrom('power/SPACE-3', 'power/CORE-1', 'lease/PART-4', 'keep-running/SPACE-3');
const step = fc.oneof(
  fc.record({ is: fc.constant('wish' as const), state: fc.constantFrom('stopped' as const, undefined) }),
  fc.record({ is: fc.constant('mode' as const), name, armed: fc.boolean() }),
  fc.record({
    is: fc.constant('silence' as const),
    rule: fc.constantFrom('lease', 'power'),
    on: fc.boolean(),
  }),
  fc.record({ is: fc.constant('fails' as const), on: fc.boolean() }),
  fc.record({ is: fc.constant('hold' as const), vm, ms: fc.constantFrom(minute, 20 * minute) }),
  fc.record({ is: fc.constant('person' as const), vm, starts: fc.boolean() }),
  fc.record({ is: fc.constant('carry-out' as const), vm }),
  fc.record({ is: fc.constant('power' as const), cut: fc.boolean() }),
  fc.record({ is: fc.constant('restart' as const) }),
  fc.record({
    is: fc.constant('unseen' as const),
    what: fc.constantFrom('vm', 'vm/110', 'vm/120', undefined),
  }),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;
const story = fc.array(fc.tuple(fc.constantFrom(0, second, minute, 11 * minute), step), { maxLength: 25 });

/** A space in which every decision is checked at the moment at which it is made. */
class Checked {
  readonly lease = new WishRule();
  readonly space = new PowerSpace([
    ['101', 'core'],
    ['110', 'space-wide'],
    ['120', 'participant'],
  ]);
  readonly #generations = new Map<string, number>();
  /** Acts that were met, by target, rule and wish: none of them may be made again. */
  readonly #met = new Set<string>();

  constructor() {
    this.space.rules = [power, this.lease.rule, keepRunning];
    const look = this.space.look.bind(this.space);
    this.space.look = () => {
      look();
      for (const { decided } of this.space.last?.generations ?? []) this.#check(decided);
      this.#note();
      return this.space;
    };
  }

  #check(decided: Decided): void {
    const { target, generation, state, rule, clause, tier, since, attempt } = decided;
    const about = JSON.stringify(decided);
    expect(generation, about).toBe((this.#generations.get(target) ?? 0) + 1);
    this.#generations.set(target, generation);
    if (state === 'hands-off') return;
    const { space, lease } = this;
    // Of what nobody sees nothing is started, and nothing is asked for twice.
    const isUnseen = space.unseen.has('vm') || space.unseen.has(target);
    if (isUnseen) expect(tier, about).not.toMatch(/restore|keep-running/);
    const { id } = partsOf(target);
    expect(space.modes.get(`${rule}/${clause}`), about).toBe('enforce');
    expect(space.closed.has(rule) || (rule === 'lease' && lease.fails), about).toBe(false);
    expect(
      [...space.facts.hold.values()].some((hold) => hold.target === target),
      about,
    ).toBe(false);
    expect(this.#met.has(`${target} ${rule} ${since} ${attempt}`), about).toBe(false);
    if (tier === 'keep-running' || tier === 'lease') expect(space.closed.has('power'), about).toBe(false);
    if (tier === 'keep-running') expect(id).toBe('110');
    const isLeaseSilent = space.closed.has('lease') || lease.fails;
    if (tier === 'restore' && id === '120') expect(isLeaseSilent, about).toBe(false);
  }

  #note(): void {
    for (const { decided } of this.space.memories.desired.values()) {
      if (!decided?.met || decided.state === 'hands-off') continue;
      this.#met.add(`${decided.target} ${decided.rule} ${decided.since} ${decided.attempt}`);
    }
  }

  play(ms: number, what: Step): void {
    const { space, lease } = this;
    space.after(ms);
    if (what.is === 'wish') {
      lease.wishes.clear();
      if (what.state) lease.wishes.set('120', what.state);
    } else if (what.is === 'mode') {
      space.modes = new Map([...space.modes, [what.name, what.armed ? 'enforce' : 'dry-run']]);
    } else if (what.is === 'silence') {
      const closed = new Map(space.closed);
      if (what.on) closed.set(what.rule, { why: 'a test', since: space.now });
      else closed.delete(what.rule);
      space.closed = closed;
    } else if (what.is === 'fails') lease.fails = what.on;
    else if (what.is === 'hold') space.hold(what.vm, what.ms, `${what.vm}-${space.now}`);
    else if (what.is === 'person') this.#change(what.vm, what.starts, 'person');
    else if (what.is === 'carry-out') this.#carryOut(what.vm);
    else if (what.is === 'restart') space.startedAt = space.now;
    else if (what.is === 'unseen') what.what === undefined ? space.shows() : space.hides(what.what);
    else if (what.cut) space.ups('ups.on-battery', { charge_pct: 60, runtime_s: 400 });
    else space.ups('ups.on-mains', { charge_pct: 90 });
    space.look();
  }

  #carryOut(id: string): void {
    const decided = this.space.memories.desired.get(targetOfVm(id))?.decided;
    if (!decided || decided.met || decided.state === 'hands-off') return;
    this.#change(id, decided.state === 'running', 'huismeester');
  }

  #change(id: string, starts: boolean, cause: 'person' | 'huismeester'): void {
    if (this.space.facts.vm.get(id)?.running === starts) return;
    this.space.vm(starts ? 'vm.started' : 'vm.stopped', id, { cause });
  }
}

it('whatever is wanted, armed, silent or held: one generation a decision, no act without an armed rule or against a bar, and no wish twice', {
  timeout: 600_000,
}, () => {
  fc.assert(
    fc.property(story, (steps) => {
      const checked = new Checked();
      for (const [ms, what] of steps) checked.play(ms, what);
    }),
    search,
  );
});
