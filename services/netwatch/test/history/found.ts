import { gateway, type History, type Item, minute, second } from './space.ts';

const looked: Omit<Item, 'id' | 'needs'> = {
  core: false,
  incidents: true,
  silent: false,
  here: false,
  seenBy: 'look',
  everyMs: 10 * second,
  answersMs: 3,
  refuses: false,
  counting: { failed: 3, of: 3, good: 2 },
};

/**
 * The gateway and a service behind it fail, right after the anchor was looked at: within the 10 s that end with the next look at that
 * nothing answers, and our own place in the network was taken for lost.
 */
export const gatewayFails: History = {
  items: [
    { ...looked, id: gateway, needs: [] },
    { ...looked, id: 'probe/anchor', needs: [] },
    { ...looked, id: 'probe/0', needs: [], here: true, everyMs: 30 * second, answersMs: 2 },
    {
      ...looked,
      id: 'probe/1',
      needs: [['probe/anchor', gateway, 'probe/0']],
      everyMs: 30 * second,
      answersMs: 2,
      refuses: true,
    },
    { ...looked, id: 'probe/2', needs: [[gateway], ['probe/1']], core: true, answersMs: 2 },
  ],
  passages: new Set([gateway]),
  faults: [
    { thing: 'probe/1', from: 876_677, to: 1_056_677 },
    { thing: gateway, from: 1_776_677, to: 1_956_677 },
  ],
  cuts: [],
  offs: [],
  stalls: [],
  jumps: [],
  endMs: 1_956_677 + 16 * minute,
};
