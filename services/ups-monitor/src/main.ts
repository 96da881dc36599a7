import { prepareProcess } from '@huismeester/service/prepare-process';

prepareProcess();
const { runAlone } = await import('@huismeester/service');
const { createUpsMonitor } = await import('./service.ts');
await runAlone('ups-monitor', createUpsMonitor);
