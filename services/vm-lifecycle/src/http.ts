import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Hypervisor, Node, Problem as ProblemBody, page, Vm, VmClass } from '@huismeester/contracts';
import type { Database } from '@huismeester/database';
import { isUnchanged, listQuery, Problem, pageOfAll } from '@huismeester/service';
import { Type } from 'typebox';
import { readHypervisors, readNodes } from './adapters/store.ts';

// PRIV-2 is kept by what is known at all: VMs of no listed pool are in no table.
const config = {
  roles: ['participant', 'trial', 'infrateam', 'board', 'administrator', 'service'],
} as const;

const Filters = listQuery(['id', 'vmid', 'name', 'class', 'node', 'status'], {
  class: Type.Optional(VmClass),
  status: Type.Optional(Vm.properties.status),
  node: Type.Optional(Type.String()),
});

/** `/vms`, `/nodes` and `/hypervisors`; `read` gives all VMs, or the one with the id, as they are now. */
export function vmRoutes(read: (id?: string) => Promise<Vm[]>, { orm }: Database): FastifyPluginAsyncTypebox {
  return async (app) => {
    const nodes = {
      summary: 'The nodes of all hypervisors',
      querystring: listQuery(['node', 'hypervisor'], {}),
    };
    app.get('/nodes', { config, schema: { ...nodes, response: { 200: page(Node) } } }, async (request) =>
      pageOfAll(request, await readNodes(orm)),
    );
    const hypervisors = {
      summary: 'The hypervisors, and whether they answer',
      querystring: listQuery(['id'], {}),
    };
    app.get(
      '/hypervisors',
      { config, schema: { ...hypervisors, response: { 200: page(Hypervisor) } } },
      async (request) => pageOfAll(request, await readHypervisors(orm)),
    );
    app.get(
      '/vms',
      {
        config,
        schema: {
          summary: 'The VMs in listed pools',
          querystring: Filters,
          response: { 200: page(Vm) },
        },
      },
      async (request) => {
        const { class: of, status, node } = request.query;
        const fits = (vm: Vm): boolean =>
          (of === undefined || vm.class === of) &&
          (status === undefined || vm.status === status) &&
          (node === undefined || vm.node === node);
        return pageOfAll(request, (await read()).filter(fits));
      },
    );
    app.get(
      '/vms/:id',
      {
        config,
        schema: {
          summary: 'One VM',
          params: Type.Object({ id: Type.String() }),
          response: { 200: Vm, 304: Type.Null(), 404: ProblemBody },
        },
      },
      async (request, reply) => {
        const [vm] = await read(request.params.id);
        if (vm === undefined) throw new Problem(404, 'vm-not-found', 'No such VM in a listed pool');
        if (isUnchanged(request, reply, vm)) return reply.code(304).send(null);
        return vm;
      },
    );
  };
}
