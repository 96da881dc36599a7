import type { Feature } from '../feature.ts';
import { addIncidents } from './incidents.ts';
import { init } from './init/part.ts';
import { addPorts } from './ports.ts';
import { addProbeNow } from './probe-now.ts';
import { addProbes } from './probes.ts';
import { showWhy } from './why.ts';

/** What netwatch adds to the command line: switches, ports, probes and incidents. */
export const netwatch: Feature = {
  commands: [addPorts, addProbes, addProbeNow, addIncidents],
  examples: [
    'probes --follow',
    'ports sw1',
    'probe-now website',
    'why probe/website --lang nl',
    'init --switch 10.0.0.3 --website https://hackalot.nl',
  ],
  why: {
    kinds: ['probe', 'switch', 'port', 'hypervisor', 'ups', 'mains', 'vantage', 'incident'],
    show: showWhy,
  },
  check: async (settings) => (await import('./check/network.ts')).checkNetwork(settings),
  init,
};
