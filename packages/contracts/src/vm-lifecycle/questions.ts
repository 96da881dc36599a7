import { Type } from 'typebox';
import { question } from '../define.ts';
import { VmClass, VmId } from '../words.ts';

/** What VMs are called; without those that are not known, or have no name. */
const NamesAnswer = Type.Object({
  names: Type.Array(Type.Object({ vm: VmId, name: Type.String() })),
});

/** Of which class VMs are; without those that are not known, or are in no pool that settings name. */
const ClassesAnswer = Type.Object({
  classes: Type.Array(Type.Object({ vm: VmId, class: VmClass })),
});

/** What other services may ask of VMs. */
export const questions = {
  names: question(
    'What these VMs are called in Proxmox',
    Type.Object({ vms: Type.Array(VmId, { maxItems: 500 }) }),
    NamesAnswer,
  ),
  classes: question(
    'Of which class these VMs are',
    Type.Object({ vms: Type.Array(VmId, { maxItems: 500 }) }),
    ClassesAnswer,
  ),
};
