import { runAlone } from '../../src/index.ts';
import { sampleService } from './service.ts';

await runAlone('ups-monitor', sampleService().create);
