import { prepareProcess } from '@huismeester/service/prepare-process';

prepareProcess();
const { runAlone } = await import('@huismeester/service');
const { createInventory } = await import('./service.ts');
await runAlone('inventory', createInventory);
