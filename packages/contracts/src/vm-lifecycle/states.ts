import { Type } from 'typebox';
import { flag, state } from '../define.ts';
import { NodeName, VmClass, VmId } from '../words.ts';

const maybe = Type.Optional;

export const states = {
  vm: state(
    'A VM as it is now',
    { vm: VmId },
    {
      status: maybe(Type.Enum(['running', 'stopped'] as const)),
      running: maybe(flag('1: running')),
      class: VmClass,
      class_n: Type.Integer({ description: '1 core, 2 space-wide, 3 participant', examples: [3] }),
      node: NodeName,
    },
  ),
};

export const pivots = [] as const;
