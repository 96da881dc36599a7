import { prepareProcess } from '@huismeester/service/prepare-process';

prepareProcess();
const { runAlone } = await import('@huismeester/service');
const { createVmLifecycle } = await import('./service.ts');
await runAlone('vm-lifecycle', createVmLifecycle);
