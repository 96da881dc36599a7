import type { Command } from 'commander';
import { Type } from 'typebox';
import { NotFine, Refused } from '../errors.ts';
import { connected, type Shell } from '../shell.ts';

interface DemoOptions {
  readonly ups?: string;
}

/** `demo power-cut` and `demo mains-back`: play with the simulated UPS of a demo space. */
export function addDemo(program: Command, shell: Shell): void {
  const demo = program.command('demo').description('play with the demo space');
  add(demo, shell, 'power-cut', 'pull the plug of the simulated UPS');
  add(demo, shell, 'mains-back', 'put the plug of the simulated UPS back');
}

const done = {
  'power-cut': 'The power is cut.',
  'mains-back': 'Mains is back.',
} as const;

function add(demo: Command, shell: Shell, what: keyof typeof done, description: string): void {
  demo
    .command(what)
    .description(description)
    .option('--ups <id>', 'the UPS; all of them if left out')
    .action(({ ups }: DemoOptions, command: Command) =>
      connected(command, shell, async ({ api, output }) => {
        const body = ups === undefined ? {} : { ups };
        const answer = await api
          .send('POST', `/api/v1/demo/${what}`, body, Type.Unknown())
          .catch((error: unknown) => Promise.reject(noDemo(error, api.place)));
        const hint = 'See what follows: npx -y pnpm@12 huismeester events --follow';
        output.answer(answer ?? null, `${done[what]} ${hint}`);
      }),
    );
}

/** A real site has no such route; an unknown UPS of a demo space is refused in its own words. */
function noDemo(error: unknown, place: string): unknown {
  const noRoute = error instanceof Refused && error.code === 'no-such-route';
  return noRoute ? new NotFine(`${place} is no demo space: its mains is real`, { cause: error }) : error;
}
