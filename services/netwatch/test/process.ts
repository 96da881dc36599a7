// netwatch as a process of its own, for what must be counted of it alone: NETWATCH_SETTINGS is a space.yaml as JSON. On SIGHUP it prints
// what it has used until then, after a garbage collection.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createLogger, parseSettings, runServices } from '@huismeester/service';
import { createNetwatch } from '../src/service.ts';

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

const settings = parseSettings(process.env.NETWATCH_SETTINGS ?? '', {
  file: 'NETWATCH_SETTINGS',
  env: {},
  readFile: () => {
    throw new Error('these settings name no file');
  },
});
const running = await runServices(
  settings,
  { netwatch: createNetwatch },
  {
    version: 'test',
    logger: createLogger({ level: process.env.NETWATCH_LOG ?? 'silent' }),
    handleSignals: true,
  },
);
let times = 0;
process.on('SIGHUP', () => {
  times += 1;
  // Before the collection, which is not netwatch's.
  const { user, system } = process.cpuUsage();
  collectGarbage();
  const { heapUsed, external, rss } = process.memoryUsage();
  const used = { cpuMs: (user + system) / 1000, heapBytes: heapUsed, externalBytes: external, rssBytes: rss };
  process.stdout.write(`used ${times} ${JSON.stringify(used)}\n`);
});
process.stdout.write(`broker at ${running.mqttUrl ?? 'none'}\n`);
