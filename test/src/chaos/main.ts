import { parseArgs } from 'node:util';
import { type BrokerKind, brokerKinds } from './broker.ts';
import { kinds } from './plan.ts';
import { keep, summary } from './report.ts';
import { runChaos } from './run.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '5' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 1_000_000)) },
    broker: { type: 'string', default: 'mosquitto' },
    facts: { type: 'string', default: '10000' },
    keep: { type: 'boolean', default: false },
  },
});

function numberOf(name: 'minutes' | 'seed' | 'facts'): number {
  const number = Number(values[name]);
  if (Number.isFinite(number) && number >= 0) return number;
  throw new RangeError(`--${name}: found ${values[name]}, allowed: a number, 0 or more`);
}

function isBroker(name: string): name is BrokerKind {
  return brokerKinds.some((kind) => kind === name);
}

const { broker } = values;
if (!isBroker(broker)) throw new RangeError(`--broker: found ${broker}, allowed: ${brokerKinds.join(', ')}`);
const [minutes, seed, facts] = [numberOf('minutes'), numberOf('seed'), numberOf('facts')];
const again = `npx -y pnpm@12 chaos --minutes ${minutes} --seed ${seed} --broker ${broker} --facts ${facts}`;
process.stderr.write(`${again}\n`);

const result = await runChaos({
  ...{ seed, broker, facts },
  size: { upses: 50, nodes: 8 },
  pace: { everyMs: 1_500, length: 1, kinds },
  ...{ atLeastMs: minutes * 60_000, atMostMs: minutes * 180_000 + 60_000, tailMs: 10_000 },
  heard: (line) => process.stderr.write(`${line}\n`),
});
process.stdout.write(`${summary(result, { seed, broker, minutes })}\n`);
if (result.faults.length > 0) {
  const told = [
    'What was done, and when:',
    ...result.story,
    '',
    'What is wrong:',
    ...result.faults.slice(0, 50),
  ];
  process.stdout.write(`${result.output}\n${told.join('\n')}\n\nTo do the same again: ${again}\n`);
}
if (values.keep) await keep(result, { seed, broker, minutes });
// Node 24 may spin for ever in its own clean-up after connections that were reset, instead of ending.
process.stdout.write('', () => process.exit(result.faults.length > 0 ? 1 : 0));
