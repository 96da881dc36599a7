import { prepareProcess } from '@huismeester/service/prepare-process';

prepareProcess();
const { runAlone } = await import('@huismeester/service');
const { createNetwatch } = await import('./service.ts');
await runAlone('netwatch', createNetwatch);
