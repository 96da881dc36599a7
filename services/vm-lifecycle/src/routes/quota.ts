import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { gibibytes, mebibytes, PersonId, Quota, type SizesSettings } from '@huismeester/contracts';
import { Problem } from '@huismeester/service';
import { Type } from 'typebox';
import { readsAsTeam } from '../core/may.ts';
import { type Amounts, useOf } from '../core/quota.ts';
import { readAccount } from '../quota/account.ts';
import type { PeopleDeps } from './people-deps.ts';

const Query = Type.Object({ person: Type.Optional(PersonId) });

/** What a person may use, and uses: one's own, and of anybody for those who read as the team. */
export function quotaRoutes({ database, limits, sizes }: PeopleDeps): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/quota',
      {
        config: { roles: ['administrator', 'infrateam', 'trial', 'board', 'participant'], person: true },
        schema: {
          summary: 'What one may use, uses, and by which VMs (PART-2)',
          querystring: Query,
          response: { 200: Quota },
        },
      },
      async ({ query: { person: asked }, who }) => {
        const { person = '' } = who;
        if (asked !== undefined && asked !== person && !readsAsTeam(who)) {
          const errors = [{ field: 'query.person', found: asked, allowed: 'yourself: leave it out' }];
          throw new Problem(403, 'not-allowed', 'What others use is for the team to see', {
            clause: 'PART-2',
            errors,
          });
        }
        const account = await readAccount(database.orm, limits, asked ?? person);
        return {
          person: asked ?? person,
          allowed: amounts(account.allowed),
          used: amounts(useOf(account.vms)),
          sizes: { s: sizeOf(sizes.s), m: sizeOf(sizes.m), l: sizeOf(sizes.l) },
          vms: account.vms.map(({ vm, name, running, creating, ...size }) => ({
            vm,
            ...(name !== undefined && { name }),
            running,
            ...(creating && { creating }),
            cores: size.cores,
            memory_mib: size.memoryMib,
            disk_gib: size.diskGib,
          })),
        };
      },
    );
  };
}

function amounts({ vms, cores, memoryMib, diskGib }: Amounts) {
  return { vms, cores, memory_mib: memoryMib, disk_gib: diskGib };
}

function sizeOf({ cores, memory, disk }: SizesSettings['s']) {
  return { cores, memory_mib: mebibytes(memory), disk_gib: gibibytes(disk) };
}
