import { board } from './board/feature.ts';
import type { Feature } from './feature.ts';
import { leases } from './leases/feature.ts';
import { leaving } from './leaving/feature.ts';
import { mail } from './mail/feature.ts';
import { netwatch } from './netwatch/feature.ts';
import { people } from './people/feature.ts';
import { projects } from './projects/feature.ts';
import { team } from './team/feature.ts';
import { things } from './things/feature.ts';
import { vms } from './vms/feature.ts';

/** What services add to the command line: a new one is a folder and a line here. */
export const features: readonly Feature[] = [
  vms,
  leases,
  projects,
  netwatch,
  people,
  team,
  things,
  board,
  mail,
  leaving,
];
