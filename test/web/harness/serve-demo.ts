import { serveForRun } from '@huismeester/testkit';
import { type Demo, startDemo } from './demo.ts';
import { fill } from './filled.ts';
import { demoVariable, type SharedDemo } from './shared-demo.ts';

/** For vitest's `globalSetup`: the demo that the files of a project share; it starts when the first one asks. */
export default async function setup(): Promise<() => Promise<void>> {
  let starting: Promise<Demo> | undefined;
  let filling: Promise<void> | undefined;
  const served = await serveForRun({
    variable: demoVariable,
    name: 'demo',
    async answer({ url: path }) {
      starting ??= startDemo();
      const demo = await starting;
      if (path !== '/started') {
        filling ??= fill(demo.local);
        await filling;
      }
      if (path === '/kill') await demo.kill();
      if (path === '/restart') await demo.restart();
      const { url, socket } = demo;
      return JSON.stringify({ url, socket } satisfies Pick<SharedDemo, 'url' | 'socket'>);
    },
    close: async () => (await starting)?.close(),
  });
  return () => served.close();
}
