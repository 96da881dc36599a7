import { prepareProcess } from '@huismeester/service/prepare-process';

prepareProcess();
const { runAlone } = await import('@huismeester/service');
const { createWorkshop } = await import('./service.ts');
await runAlone('workshop', createWorkshop);
