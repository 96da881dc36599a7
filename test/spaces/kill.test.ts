import { describeKills, fourMoments } from './e2e/kill-suite.ts';

describeKills([{ database: 'postgres', broker: 'embedded', distributed: false }], fourMoments);
