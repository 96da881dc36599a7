import { describePowerCuts } from './e2e/power-cut-suite.ts';

describePowerCuts([
  { database: 'embedded', broker: 'embedded', distributed: false },
  { database: 'postgres', broker: 'closed mosquitto', distributed: true },
]);
