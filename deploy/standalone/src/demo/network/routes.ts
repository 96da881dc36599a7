import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { type Static, Type } from 'typebox';
import type { Simulation } from '../simulation.ts';
import { serviceIds } from './network.ts';

const config = { roles: ['administrator', 'infrateam'] } as const;

/** Is asked by Huismeester alone, and has no probe. */
const hypervisor = 'hypervisor';

/** What only a demo can do to its network: pull cables, and break services, and the hypervisor. */
export function networkRoutes({
  network,
  proxmox,
}: Pick<Simulation, 'network' | 'proxmox'>): FastifyPluginAsyncTypebox {
  const names = network.switch.ports.map(({ name }) => name);
  // A port may be named as the switch does, or by its id in topics and routes.
  const spelled = names.flatMap((name) => [name, name.replaceAll('/', '-')]);
  const Port = Type.Object({ port: Type.Enum([...new Set(spelled)]) }, { additionalProperties: false });
  const Service = Type.Object(
    { service: Type.Enum([...serviceIds, hypervisor]) },
    { additionalProperties: false },
  );
  const acts = {
    break: (service: Static<typeof Service>['service']) =>
      service === hypervisor ? proxmox.faults.lose('cut') : network.break(service),
    mend: (service: Static<typeof Service>['service']) =>
      service === hypervisor ? proxmox.faults.restore() : network.mend(service),
  };
  return async (app) => {
    for (const act of ['unplug', 'plug'] as const) {
      const schema = {
        tags: ['demo'],
        summary: `${act} a cable of the simulated switch`,
        body: Port,
        response: { 200: Port },
      };
      app.post(`/api/v1/demo/${act}`, { config, schema }, async ({ body: { port } }) => {
        network.switch.portOf(port.replaceAll('-', '/'))[act]();
        return { port };
      });
    }
    for (const act of ['break', 'mend'] as const) {
      const schema = {
        tags: ['demo'],
        summary: `${act} a service of the demo`,
        body: Service,
        response: { 200: Service },
      };
      app.post(`/api/v1/demo/${act}`, { config, schema }, async ({ body: { service } }) => {
        acts[act](service);
        return { service };
      });
    }
  };
}
