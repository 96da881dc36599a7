import { quickenLoading } from '@huismeester/service/loading';

quickenLoading();
const { runAlone } = await import('@huismeester/service');
const { createVmLifecycle } = await import('./service.ts');
await runAlone('vm-lifecycle', createVmLifecycle);
