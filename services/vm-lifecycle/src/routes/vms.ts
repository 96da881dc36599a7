import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Problem as ProblemBody, page, Vm, VmClass } from '@huismeester/contracts';
import { isUnchanged, listQuery, Problem, pageOfAll } from '@huismeester/service';
import { Type } from 'typebox';
import { readers } from './roles.ts';

const Filters = listQuery(['id', 'vmid', 'name', 'class', 'node', 'status'], {
  class: Type.Optional(VmClass),
  status: Type.Optional(Vm.properties.status),
  node: Type.Optional(Type.String()),
});

/** `/vms`; `read` gives all VMs, or the one with the id, as they are now. */
export function vmRoutes(read: (id?: string) => Promise<Vm[]>): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/vms',
      {
        config: readers,
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
        config: readers,
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
