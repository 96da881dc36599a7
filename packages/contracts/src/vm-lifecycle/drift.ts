import { type Static, Type } from 'typebox';
import { list } from '../define.ts';
import { VmId } from '../words.ts';

const maybe = Type.Optional;

/** `GET /api/v1/drift`: where our records and Proxmox differ about a VM, with both sides and who acts. */
export const Drift = Type.Object({
  vm: VmId,
  what: Type.Enum(['name', 'cores', 'memory', 'disk', 'pool', 'onboot', 'owner'] as const, {
    description: '`owner`: it has none; no lease counts for it and nothing stops it',
    examples: ['memory'],
  }),
  ours: maybe(Type.String({ description: 'By our records; left out: nothing', examples: ['2048 MiB'] })),
  theirs: maybe(Type.String({ description: 'As Proxmox has it; left out: nothing', examples: ['4096 MiB'] })),
  acts: Type.Enum(['owner', 'infrateam', 'huismeester'] as const, {
    description: 'Who is to put it right',
    examples: ['owner'],
  }),
  what_to_do: Type.String({ examples: ['Resize it here, or set it back in Proxmox'] }),
});
export type Drift = Static<typeof Drift>;

export const resources = { drift: list(Drift, { order: ['vm', 'what'], exported: false }) };
