import { askForRun } from '@huismeester/testkit';
import { askLocally, type LocalApi } from '../../spaces/e2e/local-api.ts';
import type { Demo } from './demo.ts';

/** Where the demo of this run is asked for. */
export const demoVariable = 'HUISMEESTER_TEST_DEMO';

/** The demo that all files share: whoever changes it leaves it as it was, or as nobody minds. */
export interface SharedDemo extends Pick<Demo, 'url' | 'socket' | 'local' | 'kill' | 'restart'> {}

const asked = { variable: demoVariable, what: 'demo' };
let known: Promise<SharedDemo> | undefined;

/** The demo of this run, filled with what people do in it. */
export function sharedDemo(): Promise<SharedDemo> {
  known ??= ask('/');
  return known;
}

/** The same as soon as it answers, for what fills it itself. */
export function startedDemo(): Promise<SharedDemo> {
  return ask('/started');
}

async function ask(path: string): Promise<SharedDemo> {
  const { url, socket } = JSON.parse(await askForRun(asked, { method: 'GET', path })) as Pick<
    Demo,
    'url' | 'socket'
  >;
  const local: LocalApi = askLocally(socket);
  const command = async (path: string) => {
    await askForRun(asked, { method: 'POST', path });
  };
  return { url, socket, local, kill: () => command('/kill'), restart: () => command('/restart') };
}
