import { fileURLToPath } from 'node:url';
import { serveDatabases } from '@huismeester/testkit';

/** For vitest's `globalSetup`: what `testDatabase` of the testkit asks, for as long as the tests of a project run. */
export default async function setup(): Promise<() => Promise<void>> {
  // The processes that tests start need not compile what another has compiled.
  process.env.NODE_COMPILE_CACHE ??= fileURLToPath(
    new URL('../../node_modules/.cache/huismeester', import.meta.url),
  );
  const databases = await serveDatabases();
  return databases.close;
}
