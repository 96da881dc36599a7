// A simulated Proxmox in a process of its own, of which it is said over HTTP what to do: /move/<node>/<count>
// has so many guests stand on that node at once, the last ones; /requests answers with all requests since it was asked before. Its state is in CLUSTER_STATE and its durations are in
// CLUSTER_DURATIONS, as JSON; beside the guests there it has as many as CLUSTER_MANY says.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type ProxmoxState, startProxmoxSimulator } from '@huismeester/simulators';
import { manyGuests } from './many-vms.ts';

const state: ProxmoxState = JSON.parse(process.env.CLUSTER_STATE ?? '');
const nodes = state.nodes.map(({ name }) => name);
state.guests.push(...manyGuests(Number(process.env.CLUSTER_MANY ?? 0), nodes));
const simulator = await startProxmoxSimulator({
  state,
  durations: JSON.parse(process.env.CLUSTER_DURATIONS ?? '{}'),
});
let answered = 0;

const control = createServer((asked, response) => {
  const [, act, node = '', count = ''] = asked.url?.split('/') ?? [];
  if (act === 'move') for (const guest of simulator.state.guests.slice(-Number(count))) guest.node = node;
  const since = simulator.requests.slice(answered);
  answered = simulator.requests.length;
  response.end(JSON.stringify(since.map(({ method, path, at }) => ({ method, path, at }))));
});
control.listen(0, '127.0.0.1');
await once(control, 'listening');
const { port } = control.address() as AddressInfo;
process.stdout.write(`listening on ${simulator.url} with ${simulator.fingerprint}, control at ${port}\n`);
