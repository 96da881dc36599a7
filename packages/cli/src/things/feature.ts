import type { Feature } from '../feature.ts';
import { addCable } from './cable.ts';
import { addDesign } from './design.ts';
import { addImpact } from './impact.ts';
import { addItem } from './item.ts';
import { addSteward } from './steward.ts';

/** What inventory adds to the command line: items, cables, who can run them, and design decisions. */
export const things: Feature = {
  commands: [addItem, addImpact, addCable, addSteward, addDesign],
  examples: [
    'item propose',
    'item add "Bar PC" --kind bar-pc --layer 7 --tenure owned',
    'impact switch/sw1',
    'steward learn bar-pc',
    'design add "One VLAN for guests" --item sw1 --page VLANs --status accepted',
  ],
  check: async (settings) => (await import('./check-wiki.ts')).checkWiki(settings),
};
