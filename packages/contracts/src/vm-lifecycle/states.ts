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
      lease_left_s: maybe(
        Type.Number({
          description:
            's until its lease ends, in whole hours, and in minutes within the last two; negative once it ended',
          examples: [259_200],
        }),
      ),
    },
  ),
};

export const pivots = ['running', 'lease_left_s'] as const;
