import { isInUse } from '@huismeester/contracts';
import { Type } from 'typebox';
import { theClock } from '../../facts/clock.ts';
import type { Facts } from '../../facts/index.ts';
import type { ItemFact } from '../../facts/item.ts';
import { noDirectory, whyUnknown } from '../../facts/of-team.ts';
import type { StewardFact } from '../../facts/steward.ts';
import {
  defineRule,
  type Outcome,
  type RuleContext,
  type Undecided,
  type ViolationFound,
  type Watch,
} from '../define.ts';
import { notRecorded, recordedAccess, unrecordedAccess } from './access.ts';
import { nodesByHypervisor } from './hardware.ts';
import { createOnHardware, notOurs, rentEnds, unknownHardware } from './on-hardware.ts';
import { coreOf, isSpaceWide, itemsByThing, vmOf } from './register.ts';
import { busFactor, busFactorOf, countStewards, stewardsByItem } from './stewards.ts';
import { endsIn } from './tenure.ts';
import { isWatched, notWatched, unwatchedItem } from './watched.ts';

const noItems =
  'no item is registered: `huismeester item propose` lists what is there, and what the policy names';

const reads = [
  'item',
  'steward',
  'vm',
  'node',
  'hypervisor',
  'project',
  'person',
  'member',
  'directory',
  'accessList',
  'accessSource',
  'clock',
] as const;
type Known = Pick<Facts, (typeof reads)[number]>;

/**
 * The register of things: core is watched (CORE-1), two full members can run it (TEAM-2), it is recorded who has access (CORE-2), and it runs on hardware of
 * the foundation or rented by it (CORE-6). Items that are retired, not in use yet, or not infra count nowhere. A VM of core counts for CORE-6 whether
 * or not it is registered, once anything is; that it is not is no violation, it is proposed. Of what is not seen nothing opens or closes, and nothing is over by a
 * clock that is not believed. It only watches.
 */
export const rule = defineRule({
  name: 'things',
  clauses: new Map([
    ['TEAM-2', 'nothing: core that too few people can run is reported'],
    ['INFRA-1', 'nothing: whose things are is on record'],
    ['INFRA-2', 'nothing: what things are is on record'],
    ['CORE-1', 'nothing: core that nothing watches is reported'],
    ['CORE-2', 'nothing: that it is nowhere recorded who has access is reported'],
    ['CORE-6', 'nothing: core on hardware of others is reported'],
    ['SPACE-2', 'nothing: what the policy names as space-wide is proposed for the register'],
  ]),
  reads,
  row: Type.Object({}),
  violationKinds: [busFactor, notWatched, notRecorded, notOurs, rentEnds, unknownHardware],
  tiers: [],
  *decide(known: Known, _: unknown, context: RuleContext): Generator<undefined, Outcome<never>> {
    const { now, settings } = context;
    const found: ViolationFound[] = [];
    const undecided: Undecided[] = [];
    const times: number[] = [];
    const look = createLook(known, context, { found, undecided, times });
    const onHardware = createOnHardware({
      places: {
        ...known,
        byThing: look.byThing,
        isIncomplete: [...known.item.values()].some(({ unseen }) => unseen),
        nodesOf: nodesByHypervisor(known.node),
      },
      now,
      endOf: endsIn(settings.access.zone),
      isBelieved: look.isBelieved,
    });
    for (const item of known.item.values()) {
      yield;
      if (!isInUse(item)) continue;
      look.at(item);
      const isVm = vmOf(item, known.vm) !== undefined;
      if (coreOf(item, known).length === 0) continue;
      onHardware.look(isVm ? (item.standsFor ?? '') : `item/${item.item}`, `item/${item.item}`);
    }
    // Before anything is registered nobody set up the register: that it is empty is not said of each node.
    const vms = known.item.size === 0 ? [] : known.vm.values();
    for (const { vm, class: of } of vms) {
      yield;
      const item = look.byThing.get(`vm/${vm}`);
      // A registered one was looked at above.
      if (of === 'core' && !(item && isInUse(item))) onHardware.look(`vm/${vm}`, `vm/${vm}`);
    }
    const ofHardware = onHardware.found();
    const again = [...times, ...ofHardware.times];
    return {
      opinions: [],
      memory: new Map<string, never>(),
      events: [],
      notices: ofHardware.notices,
      violations: {
        found: [...found, ...ofHardware.found],
        undecided: [...undecided, ...ofHardware.undecided],
      },
      clauses: watchesOf(known, settings.directory),
      ...(again.length > 0 && { lookAgainAt: Math.min(...again) }),
    };
  },
});

interface Into {
  readonly found: ViolationFound[];
  readonly undecided: Undecided[];
  readonly times: number[];
}

/** What is looked at of each item by itself. */
function createLook(known: Known, { now, settings }: RuleContext, { found, undecided, times }: Into) {
  const isBelieved = known.clock.get(theClock)?.insane === undefined;
  const stewards = stewardsByItem(known.steward);
  const arePeopleKnown = whyUnknown(known) === undefined;
  const watchers = { ...known, ...settings };
  const recorded = recordedAccess(known, { ...settings.access, areKnown: arePeopleKnown });
  const add = (kind: string, subject: string, looked: ViolationFound | 'undecided' | undefined) => {
    if (looked === 'undecided') undecided.push({ kind, subject });
    else if (looked) found.push(looked);
  };
  const unless = (
    holds: boolean | 'undecided',
    violation: (item: ItemFact) => ViolationFound,
    item: ItemFact,
  ) => {
    if (item.unseen || holds === 'undecided') return 'undecided';
    return holds ? undefined : violation(item);
  };
  const bus = (item: ItemFact, isCore: boolean): ViolationFound | 'undecided' | undefined => {
    if (!isCore && !isSpaceWide(item, known)) return undefined;
    if (item.unseen || !arePeopleKnown) return 'undecided';
    const all: readonly StewardFact[] = stewards.get(item.item) ?? [];
    const counting = isCore ? 'full' : 'anybody';
    const counted = countStewards(all, counting, known, now);
    times.push(...counted.ends);
    // By a wrong clock nobody can say whose 400 days are over, nor whose are not.
    if (!isBelieved && counted.late + counted.ends.length > 0) return 'undecided';
    const violation = busFactorOf(item, counting, counted);
    // Who is not seen might count.
    return violation && counted.unseen.length > 0 ? 'undecided' : violation;
  };
  return {
    byThing: itemsByThing(known.item),
    isBelieved,
    at(item: ItemFact): void {
      const subject = `item/${item.item}`;
      const core = coreOf(item, known);
      if (settings.directory) add(busFactor, subject, bus(item, core.length > 0));
      if (core.includes('availability')) {
        add(notWatched, subject, unless(isWatched(item, watchers), unwatchedItem, item));
      }
      if (core.includes('confidentiality') && settings.directory) {
        add(notRecorded, subject, unless(recorded(item), unrecordedAccess, item));
      }
    },
  };
}

/** How each clause is watched: as long as nothing is registered, only VMs of core are. */
function watchesOf(known: Known, directory: boolean): Map<string, Watch> {
  const items = [...known.item.values()];
  const register: Watch =
    items.length === 0
      ? { notSetUp: noItems }
      : items.every(({ unseen }) => unseen)
        ? { unknown: 'what inventory says cannot be read now' }
        : 'watched';
  const unknown = whyUnknown(known);
  const people: Watch = !directory
    ? { notSetUp: noDirectory }
    : register !== 'watched' || unknown === undefined
      ? register
      : { unknown };
  return new Map<string, Watch>([
    ['TEAM-2', people],
    ['INFRA-1', register],
    ['INFRA-2', register],
    ['CORE-1', register],
    ['CORE-2', directory ? register : { notSetUp: noDirectory }],
    ['CORE-6', register],
    ['SPACE-2', register],
  ]);
}
