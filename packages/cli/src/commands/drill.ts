import { Drill, Vm } from '@huismeester/contracts';
import { type Command, InvalidArgumentError } from 'commander';
import { misfit, renderDrill } from '../drill/render.ts';
import { NotFine } from '../errors.ts';
import { type Language, languageOf, languageOption } from '../language.ts';
import { ifServed } from '../served.ts';
import { connected, type Shell } from '../shell.ts';

interface DrillOptions {
  readonly ups?: readonly string[];
  readonly fromReading?: Reading;
  readonly lang?: Language;
}

/** `drill power-cut`: a power cut that is only thought through; fails when the plan does not fit. */
export function addDrill(program: Command, shell: Shell): void {
  program
    .command('drill')
    .description('think a disaster through; nothing is touched')
    .command('power-cut')
    .description('what would happen in a power cut, when and why; exit code 1 when the plan does not fit')
    .option('--ups <id>', 'the UPS whose mains fails, may be repeated; all of them if left out', several)
    .option(
      '--from-reading <reading>',
      'begin with charge=80,runtime=1200 (% and s; one is enough); as read now if left out',
      reading,
    )
    .addOption(languageOption())
    .action(({ ups, fromReading, lang }: DrillOptions, command: Command) =>
      connected(command, shell, async ({ api, output }) => {
        const language = languageOf(lang, shell.env);
        const query = { ups, charge_pct: fromReading?.charge, runtime_s: fromReading?.runtime };
        const drill = await api.get('/api/v1/drill', Drill, { query });
        if (output.json) output.value(drill);
        else {
          const vms = (await ifServed(output, 'names of VMs', api.list('/api/v1/vms', Vm))) ?? [];
          const names = new Map(vms.map(({ id, name }) => [id, name]));
          output.print(...renderDrill(drill, { language, names }, output));
        }
        const wrong = misfit(drill, language);
        if (wrong !== undefined) throw new NotFine(wrong);
      }),
    );
}

function several(text: string, before: readonly string[] = []): readonly string[] {
  return before.includes(text) ? before : [...before, text];
}

interface Reading {
  readonly charge?: number;
  readonly runtime?: number;
}

/** Parses `charge=80,runtime=1200`; commander shows the message and ends with the usage code. */
function reading(text: string): Reading {
  const pairs = text.split(',').map((pair) => /^(charge|runtime)=(\d+(?:\.\d+)?)$/.exec(pair));
  const found = new Map(pairs.map((match) => [match?.[1], Number(match?.[2])]));
  const charge = found.get('charge');
  const runtime = found.get('runtime');
  if (pairs.includes(null) || found.size < pairs.length || (charge ?? 0) > 100) {
    throw new InvalidArgumentError('It must be as charge=80,runtime=1200: % (at most 100) and s.');
  }
  return { ...(charge !== undefined && { charge }), ...(runtime !== undefined && { runtime }) };
}
