import type { Command } from 'commander';
import { Type } from 'typebox';
import type { Api } from '../api.ts';
import { NotFine, Refused } from '../errors.ts';
import { connected, type Shell } from '../shell.ts';
import { addDemoMails } from './demo-mails.ts';

interface DemoOptions {
  readonly ups?: string;
}

/** `demo power-cut|mains-back`, `unplug|plug PORT`, `break|mend SERVICE` and `mails`: play with the simulated hardware and services of a demo space. */
export function addDemo(program: Command, shell: Shell): void {
  const demo = program.command('demo').description('play with the demo space');
  add(demo, shell, 'power-cut', 'pull the plug of the simulated UPS');
  add(demo, shell, 'mains-back', 'put the plug of the simulated UPS back');
  addAct(demo, shell, 'unplug', 'port', 'pull a cable of the simulated switch, such as gi1/0/3');
  addAct(demo, shell, 'plug', 'port', 'put a cable of the simulated switch back');
  addAct(demo, shell, 'break', 'service', 'break a simulated service, such as website, or the hypervisor');
  addAct(demo, shell, 'mend', 'service', 'mend a simulated service');
  addDemoMails(demo, shell, noDemo);
}

const seeWhatFollows = 'See what follows: npx -y pnpm@12 huismeester events --follow';

const acted = {
  unplug: (port: string) => `The cable of ${port} is out.`,
  plug: (port: string) => `The cable of ${port} is in.`,
  break: (service: string) => `${service} is broken.`,
  mend: (service: string) => `${service} is mended.`,
} as const;

/** An act on one port or service of the demo. */
function addAct(
  demo: Command,
  shell: Shell,
  act: keyof typeof acted,
  of: 'port' | 'service',
  description: string,
): void {
  demo
    .command(act)
    .description(description)
    .argument(`<${of}>`)
    .action((name: string, _: object, command: Command) =>
      connected(command, shell, async ({ api, output }) => {
        const answer = await play(api, act, { [of]: name });
        output.answer(answer ?? null, `${acted[act](name)} ${seeWhatFollows}`);
      }),
    );
}

async function play(api: Api, what: string, body: object): Promise<unknown> {
  try {
    return await api.send('POST', `/api/v1/demo/${what}`, body, Type.Unknown());
  } catch (error) {
    throw noDemo(error, api.place);
  }
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
        const answer = await play(api, what, ups === undefined ? {} : { ups });
        output.answer(answer ?? null, `${done[what]} ${seeWhatFollows}`);
      }),
    );
}

/** A real site has no such route; an unknown UPS of a demo space is refused in its own words. */
function noDemo(error: unknown, place: string): unknown {
  const noRoute = error instanceof Refused && error.code === 'no-such-route';
  return noRoute ? new NotFine(`${place} is no demo space: all of it is real`, { cause: error }) : error;
}
