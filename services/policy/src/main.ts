import { quickenLoading } from '@huismeester/service/loading';

quickenLoading();
const { runAlone } = await import('@huismeester/service');
const { createPolicy } = await import('./service.ts');
await runAlone('policy', createPolicy);
