import { isInUse } from '@huismeester/contracts';
import { Type } from 'typebox';
import { isClockBelieved } from '../../facts/clock.ts';
import type { Facts } from '../../facts/index.ts';
import { noDirectory, whyUnknown } from '../../facts/of-team.ts';
import { defineRule, type Outcome, type RuleContext, type Watch } from '../define.ts';
import type { PolicySettings } from '../settings.ts';
import { notRecorded } from './access.ts';
import { createByItem } from './by-item.ts';
import { nodesByHypervisor } from './hardware.ts';
import { createOnHardware, notOurs, rentEnds, unknownHardware } from './on-hardware.ts';
import { coreOf, itemsByThing, vmOf } from './register.ts';
import { busFactor } from './stewards.ts';
import { endsIn } from './tenure.ts';
import { notWatched } from './watched.ts';

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
    const byThing = itemsByThing(known.item);
    const byItem = createByItem(known, context);
    const onHardware = createOnHardware({
      places: {
        ...known,
        byThing,
        isIncomplete: [...known.item.values()].some(({ unseen }) => unseen),
        nodesOf: nodesByHypervisor(known.node),
      },
      now,
      endOf: endsIn(settings.access.zone),
      isBelieved: isClockBelieved(known),
    });
    for (const item of known.item.values()) {
      yield;
      if (!isInUse(item)) continue;
      byItem.look(item);
      const isVm = vmOf(item, known.vm) !== undefined;
      if (coreOf(item, known).length === 0) continue;
      onHardware.look(isVm ? (item.standsFor ?? '') : `item/${item.item}`, `item/${item.item}`);
    }
    // Before anything is registered nobody set up the register: that it is empty is not said of each node.
    const vms = known.item.size === 0 ? [] : known.vm.values();
    for (const { vm, class: of } of vms) {
      yield;
      const item = byThing.get(`vm/${vm}`);
      // A registered one was looked at above.
      if (of === 'core' && !(item && isInUse(item))) onHardware.look(`vm/${vm}`, `vm/${vm}`);
    }
    const [ofItems, ofHardware] = [byItem.found(), onHardware.found()];
    const again = [...ofItems.times, ...ofHardware.times];
    return {
      opinions: [],
      memory: new Map<string, never>(),
      events: [],
      notices: ofHardware.notices,
      violations: {
        found: [...ofItems.found, ...ofHardware.found],
        undecided: [...ofItems.undecided, ...ofHardware.undecided],
      },
      clauses: watchesOf(known, settings),
      ...(again.length > 0 && { lookAgainAt: Math.min(...again) }),
    };
  },
});

/** How each clause is watched: as long as nothing is registered, only VMs of core are. */
function watchesOf(known: Known, { directory, nodes }: PolicySettings): Map<string, Watch> {
  const items = [...known.item.values()];
  const register: Watch =
    items.length === 0
      ? { notSetUp: noItems }
      : items.every(({ unseen }) => unseen)
        ? { unknown: 'what inventory says cannot be read now' }
        : 'watched';
  const and = (unknown: string | undefined): Watch =>
    register !== 'watched' || unknown === undefined ? register : { unknown };
  const ofVms = and(nodes.size === 0 ? undefined : whyNoVms(known));
  const isListUnseen = [...known.accessList.values()].some(({ unseen }) => unseen);
  const whyNoLists = isListUnseen ? 'what membership says cannot be read now' : whyUnknown(known);
  const ofPeople = (unknown: string | undefined): Watch =>
    directory ? and(unknown) : { notSetUp: noDirectory };
  return new Map<string, Watch>([
    ['TEAM-2', ofPeople(whyUnknown(known))],
    ['INFRA-1', register],
    ['INFRA-2', register],
    ['CORE-1', ofVms],
    ['CORE-2', ofPeople(whyNoLists)],
    ['CORE-6', ofVms],
    ['SPACE-2', register],
  ]);
}

/** Why nobody knows which VM is where now, although settings name hypervisors. */
function whyNoVms({ node, vm }: Known): string | undefined {
  const all = [...node.values(), ...vm.values()];
  if (all.length === 0) return 'nothing was heard of VMs and nodes yet';
  return all.every(({ unseen }) => unseen) ? 'what vm-lifecycle says cannot be read now' : undefined;
}
