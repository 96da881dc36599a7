import { prepareProcess } from '@huismeester/service/prepare-process';

prepareProcess();
const { runAlone } = await import('@huismeester/service');
const { createPolicy } = await import('./service.ts');
await runAlone('policy', createPolicy);
