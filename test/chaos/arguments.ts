import { parseArgs } from 'node:util';
import { type BrokerKind, brokerKinds } from './broker.ts';

export interface ChaosArguments {
  readonly broker: BrokerKind;
  readonly minutes: number;
  readonly seed: number;
  readonly facts: number;
  readonly keep: boolean;
}

/** What a run of chaos was told; throws an Error whose message says what is wrong with it. */
export function argumentsOf(args: string[]): ChaosArguments {
  const { values } = parseArgs({
    args,
    options: {
      minutes: { type: 'string', default: '5' },
      seed: { type: 'string', default: String(Math.floor(Math.random() * 1_000_000)) },
      broker: { type: 'string', default: 'mosquitto' },
      facts: { type: 'string', default: '10000' },
      keep: { type: 'boolean', default: false },
    },
  });
  const { broker, keep } = values;
  if (!isBroker(broker)) {
    throw new RangeError(`--broker: found "${broker}", allowed: ${brokerKinds.join(', ')}`);
  }
  const numberOf = (name: 'minutes' | 'seed' | 'facts') => {
    const number = values[name] === '' ? Number.NaN : Number(values[name]);
    if (Number.isFinite(number) && number >= 0) return number;
    throw new RangeError(`--${name}: found "${values[name]}", allowed: a number, 0 or more`);
  };
  return { broker, keep, minutes: numberOf('minutes'), seed: numberOf('seed'), facts: numberOf('facts') };
}

function isBroker(name: string): name is BrokerKind {
  return brokerKinds.some((kind) => kind === name);
}
