import { flushCompileCache } from 'node:module';
import { quickenLoading } from '@huismeester/service/loading';

quickenLoading();
const { start } = await import('./start.ts');
await start(process.argv.slice(2));
// Now, and not at the end: a power cut leaves no time for it.
flushCompileCache();
