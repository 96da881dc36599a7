import { Type } from 'typebox';
import { question } from '../define.ts';
import { VmId } from '../words.ts';

/** What VMs are called; without those that are not known, or have no name. */
const NamesAnswer = Type.Object({
  names: Type.Array(Type.Object({ vm: VmId, name: Type.String() })),
});

/** What other services may ask of VMs. */
export const questions = {
  names: question(
    'What these VMs are called in Proxmox',
    Type.Object({ vms: Type.Array(VmId, { maxItems: 500 }) }),
    NamesAnswer,
  ),
};
