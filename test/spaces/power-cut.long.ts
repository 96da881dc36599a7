import { describePowerCuts } from './e2e/power-cut-suite.ts';

// The other mixtures of database and broker; `test` plays the two that are run in earnest.
describePowerCuts([
  { database: 'embedded', broker: 'open mosquitto', distributed: false },
  { database: 'postgres', broker: 'embedded', distributed: false },
]);
