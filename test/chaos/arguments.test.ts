import { expect, it } from 'vitest';
import { argumentsOf } from './arguments.ts';

it('a run of chaos is told how long, with what seed, over which broker', () => {
  expect(argumentsOf(['--minutes', '0.5', '--seed', '7', '--broker', 'nats', '--keep'])).toEqual({
    minutes: 0.5,
    seed: 7,
    broker: 'nats',
    facts: 10_000,
    keep: true,
  });
});

it.each([
  [['--minutes', 'x'], '--minutes: found "x", allowed: a number, 0 or more'],
  [['--facts', ''], '--facts: found "", allowed: a number, 0 or more'],
  [['--broker', 'rabbit'], '--broker: found "rabbit", allowed: mosquitto, nats, '],
])('it refuses %j', (args, message) => expect(() => argumentsOf(args)).toThrow(message));
