import { argumentsOf, type ChaosArguments } from './arguments.ts';
import { kinds } from './plan.ts';
import { keep, summary } from './report.ts';
import { runChaos } from './run.ts';

const { broker, minutes, seed, facts, keep: keeps } = asked();
const again = `npx -y pnpm@12 chaos --minutes ${minutes} --seed ${seed} --broker ${broker} --facts ${facts}`;
process.stderr.write(`${again}\n`);

const result = await runChaos({
  seed,
  broker,
  facts,
  size: { upses: 50, nodes: 8 },
  pace: { everyMs: 1_500, length: 1, kinds },
  atLeastMs: minutes * 60_000,
  atMostMs: minutes * 180_000 + 60_000,
  tailMs: 10_000,
  heard: (line) => process.stderr.write(`${line}\n`),
});
process.stdout.write(`${summary(result, { seed, broker, minutes })}\n`);
if (result.faults.length > 0) {
  const lines = [
    'What was done, and when:',
    ...result.story,
    '',
    'What is wrong:',
    ...result.faults.slice(0, 50),
  ];
  process.stdout.write(`${result.output}\n${lines.join('\n')}\n\nTo do the same again: ${again}\n`);
}
if (keeps) await keep(result, { seed, broker, minutes });
// Node 24 may spin for ever in its own clean-up after connections that were reset, instead of ending.
process.stdout.write('', () => process.exit(result.faults.length > 0 ? 1 : 0));

function asked(): ChaosArguments {
  try {
    return argumentsOf(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    // As the command line ends where what it was told makes no sense.
    process.exit(64);
  }
}
