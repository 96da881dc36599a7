import { describeKills } from './e2e/kill-suite.ts';

describeKills([{ database: 'embedded', broker: 'embedded', distributed: false }]);
