import { quickenLoading } from '@huismeester/service/loading';

quickenLoading();
const { runAlone } = await import('@huismeester/service');
const { createUpsMonitor } = await import('./service.ts');
await runAlone('ups-monitor', createUpsMonitor);
