import type { Feature } from '../feature.ts';
import { addDrift, addTemplates } from './lists.ts';
import { addQuota } from './quota.ts';
import { addVm } from './vm.ts';

/** What making and owning VMs adds to the command line. */
export const vms: Feature = {
  commands: [addVm, addQuota, addTemplates, addDrift],
  examples: [
    'templates',
    'quota',
    'vm create my-server --template debian-13 --size s',
    'vm renew my-server',
    'vm hand-over my-server piet',
  ],
};
