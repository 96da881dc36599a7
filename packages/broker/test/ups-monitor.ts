// A service of its own process, for the tests that kill it: BROKER_URL, BROKER_PASSWORD and BROKER_CA say where to.
import { connectBroker } from '../src/index.ts';

const ignore = () => {};
const connection = connectBroker({
  url: process.env.BROKER_URL ?? '',
  username: 'ups-monitor',
  password: process.env.BROKER_PASSWORD ?? '',
  ca: process.env.BROKER_CA ?? '',
  root: 'space',
  service: 'ups-monitor',
  version: '0.1.0',
  logger: { debug: ignore, info: ignore, warn: ignore, error: ignore },
});
connection.setHead('0193a5c2-7b1e-4c3a-9f00-5d1f6a2b3c4d', 17);
setInterval(() => {}, 1_000);
