import { runAlone } from '@huismeester/service';
import { createPolicy } from './service.ts';

await runAlone('policy', createPolicy);
