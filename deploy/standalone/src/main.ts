import { finishStart, prepareProcess } from '@huismeester/service/prepare-process';

prepareProcess();
const { start } = await import('./start.ts');
await start(process.argv.slice(2));
finishStart();
