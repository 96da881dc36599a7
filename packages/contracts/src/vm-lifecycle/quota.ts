import { type Static, Type } from 'typebox';
import { single } from '../define.ts';
import { PersonId, VmId } from '../words.ts';

const maybe = Type.Optional;

const amounts = {
  vms: Type.Integer({ minimum: 0, description: 'VMs, running or not', examples: [2] }),
  cores: Type.Integer({ minimum: 0, description: 'Of those that run or are about to', examples: [3] }),
  memory_mib: Type.Integer({
    minimum: 0,
    description: 'MiB, of those that run or are about to',
    examples: [6144],
  }),
  disk_gib: Type.Integer({ minimum: 0, description: 'GiB, of all', examples: [40] }),
};
/** What people may use, and what they use. */
export const Amounts = Type.Object(amounts);
export type Amounts = Static<typeof Amounts>;

const { vms: _, ...size } = amounts;
const Size = Type.Object(size);

/** `GET /api/v1/quota`: what a person may use, uses, and by which VMs. */
export const Quota = Type.Object({
  person: PersonId,
  allowed: Amounts,
  used: Amounts,
  sizes: maybe(
    Type.Object(
      { s: Size, m: Size, l: Size },
      { description: 'What a VM of each size uses, by the settings; missing from an older vm-lifecycle' },
    ),
  ),
  vms: Type.Array(
    Type.Object({
      vm: VmId,
      name: maybe(Type.String({ description: 'Left out while it is not listed' })),
      running: Type.Boolean({ description: 'It runs, or is about to: its cores and memory count' }),
      creating: maybe(Type.Boolean({ description: 'It is being made' })),
      cores: Type.Integer({ minimum: 0 }),
      memory_mib: Type.Integer({ minimum: 0 }),
      disk_gib: Type.Integer({ minimum: 0 }),
    }),
  ),
});
export type Quota = Static<typeof Quota>;

export const resources = { quota: single(Quota, { exported: false }) };
