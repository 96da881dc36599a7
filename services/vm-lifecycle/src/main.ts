import { runAlone } from '@huismeester/service';
import { createVmLifecycle } from './service.ts';

await runAlone('vm-lifecycle', createVmLifecycle);
