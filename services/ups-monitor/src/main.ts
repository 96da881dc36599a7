import { runAlone } from '@huismeester/service';
import { createUpsMonitor } from './service.ts';

await runAlone('ups-monitor', createUpsMonitor);
