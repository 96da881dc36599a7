import type { EventOf, Snapshot } from '@huismeester/contracts';
import {
  Hypervisor as HypervisorSchema,
  Node as NodeSchema,
  Ups as UpsSchema,
  Vm as VmSchema,
} from '@huismeester/contracts';
import type { Tx } from '@huismeester/database';
import { Check } from 'typebox/value';
import { evolveFeed, type FeedEvent, feedFrom, unknownFeed } from './core/feed.ts';
import { evolveGuest, type GuestEvent, guestFrom } from './core/guest.ts';
import { nodeKey } from './core/model.ts';
import {
  feedOf,
  forgetGuest,
  guestOf,
  replaceFeeds,
  replaceGuests,
  replaceNodes,
  saveFeed,
  saveGuest,
  saveHypervisor,
  saveNode,
} from './store.ts';

const foldFeed = async (tx: Tx, event: FeedEvent): Promise<void> => {
  const known = await feedOf(tx, event.data.ups);
  await saveFeed(tx, evolveFeed(known ?? unknownFeed(event.data.ups), event));
};

const foldGuest = async (tx: Tx, event: GuestEvent): Promise<void> => {
  const folded = evolveGuest(await guestOf(tx, event.data.vm), event);
  if (folded) await saveGuest(tx, folded);
};

const foldNode = async (tx: Tx, { type, data }: EventOf<'node.online' | 'node.offline'>): Promise<void> => {
  await saveNode(tx, nodeKey(data.hypervisor, data.node), type === 'node.online');
};

/** What policy takes from each source: event type → handler, and what to do with a snapshot. */
export const consumes = {
  'ups-monitor': {
    handlers: {
      'ups.found': foldFeed,
      'ups.lost': foldFeed,
      'ups.stale': foldFeed,
      'ups.on-battery': foldFeed,
      'ups.on-mains': foldFeed,
      'ups.battery-reading': foldFeed,
      'ups.battery-low': foldFeed,
      'ups.forced-shutdown': foldFeed,
      'ups.forced-shutdown-stuck': foldFeed,
      'ups.forced-shutdown-cleared': foldFeed,
    },
    snapshot: (tx: Tx, { entities }: Snapshot) =>
      replaceFeeds(
        tx,
        entities.flatMap(({ state }) => (Check(UpsSchema, state) ? [feedFrom(state)] : [])),
      ),
  },
  'vm-lifecycle': {
    handlers: {
      'vm.found': foldGuest,
      'vm.started': foldGuest,
      'vm.stopped': foldGuest,
      'vm.moved': foldGuest,
      'vm.reclassified': foldGuest,
      'vm.inspected': foldGuest,
      'vm.power-requested': foldGuest,
      'vm.power-failed': foldGuest,
      'node.online': foldNode,
      'node.offline': foldNode,
      'hypervisor.reachable': (tx: Tx, { data }: EventOf<'hypervisor.reachable'>) =>
        saveHypervisor(tx, data.hypervisor, true),
      'hypervisor.unreachable': (tx: Tx, { data }: EventOf<'hypervisor.unreachable'>) =>
        saveHypervisor(tx, data.hypervisor, false),
      'vm.unlisted': (tx: Tx, { data }: { data: { vm: string } }) => forgetGuest(tx, data.vm),
    },
    snapshot: async (tx: Tx, { entities }: Snapshot) => {
      const states = entities.map(({ state }) => state);
      await replaceGuests(
        tx,
        states.flatMap((state) => (Check(VmSchema, state) ? [guestFrom(state)] : [])),
      );
      for (const state of states) {
        if (Check(HypervisorSchema, state)) await saveHypervisor(tx, state.id, state.reachable);
      }
      await replaceNodes(
        tx,
        states.flatMap((state) =>
          Check(NodeSchema, state)
            ? [{ key: nodeKey(state.hypervisor, state.node), online: state.online }]
            : [],
        ),
      );
    },
  },
};
