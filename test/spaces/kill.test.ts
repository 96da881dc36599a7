import { describeKills } from './e2e/kill-suite.ts';

describeKills([{ database: 'postgres', broker: 'closed mosquitto', distributed: true }]);
