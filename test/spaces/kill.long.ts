import { describeKills, tenMoments } from './e2e/kill-suite.ts';

// Twenty starts of the program, half of them on PGlite; `test` kills at four of the moments.
describeKills(
  [
    { database: 'embedded', broker: 'embedded', distributed: false },
    { database: 'postgres', broker: 'closed mosquitto', distributed: true },
  ],
  tenMoments,
);
