import { fileURLToPath } from 'node:url';
import { serveDatabases, serveDirectories, serveWikis } from '@huismeester/testkit';

/** For vitest's `globalSetup`: what `testDatabase`, `testDirectory` and `startMediaWiki` of the testkit ask, for as long as the tests of a project run. */
export default async function setup(): Promise<() => Promise<void>> {
  // The processes that tests start need not compile what another has compiled.
  process.env.NODE_COMPILE_CACHE ??= fileURLToPath(
    new URL('../../node_modules/.cache/huismeester', import.meta.url),
  );
  const all = await Promise.all([serveDatabases(), serveDirectories(), serveWikis()]);
  return async () => {
    await Promise.all(all.map((each) => each.close()));
  };
}
