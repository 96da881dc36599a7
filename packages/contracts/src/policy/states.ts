import { Type } from 'typebox';
import { flag, like, state } from '../define.ts';
import { PowerState, Seconds, Stage, VmId } from '../words.ts';

const maybe = Type.Optional;
const count = (description?: string, example = 0) =>
  Type.Integer({ minimum: 0, ...(description !== undefined && { description }), examples: [example] });

export const states = {
  space: state('The whole space in one message: for lights and displays', 'main', {
    power: maybe(Type.Enum(['on-mains', 'on-battery'] as const, { examples: ['on-battery'] })),
    on_battery: maybe(flag('1: at least one UPS runs on battery')),
    since_s: maybe(Seconds),
    stage: Stage,
    stage_n: Type.Integer({
      description: '0 mains, 1 recovering, 2 hold, 3 participant, 4 space-wide, 5 core',
      examples: [2],
    }),
    next_stage_s: maybe(like(Seconds, 85)),
    core_down: count('Core VMs that do not run, and other core things that are down'),
    nodes_off: count('Nodes that Huismeester shut down and that are not back'),
    open_violations: count(undefined, 2),
    hindered: count('What is to be done and cannot be right now: what was asked for it was given up'),
    holds: count('Things on hold'),
  }),
  desired: state(
    'What is wanted of a VM',
    { vm: VmId },
    {
      desired: PowerState,
      desired_n: Type.Integer({ description: '0 hands-off, 1 running, 2 stopped', examples: [2] }),
      generation: Type.Integer({ minimum: 1, examples: [12] }),
      enforced: flag('1: acted upon; 0: dry-run'),
      held: like(flag('1: on hold, whatever the rules say'), 0),
    },
  ),
};

export const pivots = [] as const;
