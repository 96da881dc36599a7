import { prepareProcess } from '@huismeester/service/prepare-process';

prepareProcess();
const { runAlone } = await import('@huismeester/service');
const { createMembership } = await import('./service.ts');
await runAlone('membership', createMembership);
