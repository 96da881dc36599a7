import { Clock } from '@huismeester/contracts';
import type { Command } from 'commander';
import { type Language, languageOf, languageOption } from '../language.ts';
import { connected, type Shell } from '../shell.ts';
import { civilTime } from '../time.ts';
import { wordsIn } from './words.ts';

interface Options {
  readonly lang?: Language;
}

/** `clock` and `clock accept`: while the civil clock is not believed no lease ends. */
export function addClock(program: Command, shell: Shell): void {
  const clock = program
    .command('clock')
    .description('whether the civil clock is believed, by which leases end');
  clock
    .command('show', { isDefault: true })
    .description('show it')
    .addOption(languageOption())
    .action(({ lang }: Options, command: Command) =>
      connected(command, shell, async ({ api, output }) => {
        const words = wordsIn[languageOf(lang, shell.env)].clock;
        const found = await api.get('/api/v1/clock', Clock);
        const { why, since } = found;
        const lines =
          why === undefined
            ? [words.believed]
            : [words.why[why], ...(since ? [`  ${words.since(civilTime(since))}`] : []), words.ifRight];
        output.answer(found, ...lines);
      }),
    );
  clock
    .command('accept')
    .description('say that you looked at the clock, and that it is right')
    .addOption(languageOption())
    .action(({ lang }: Options, command: Command) =>
      connected(command, shell, async ({ api, output }) => {
        const found = await api.send('POST', '/api/v1/clock/acceptance', {}, Clock);
        output.answer(found, wordsIn[languageOf(lang, shell.env)].clock.accepted);
      }),
    );
}
