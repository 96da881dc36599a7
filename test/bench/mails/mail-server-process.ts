// A mail server that takes everything, in a process of its own. Prints its port and another, at which it says over HTTP how many mails it has taken
// and when the last of them was there.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startMailServer } from '@huismeester/testkit';

let taken = 0;
let last = 0;
const server = await startMailServer({
  onMessage: () => {
    taken += 1;
    last = Date.now();
    return undefined;
  },
});

const control = createServer((_, response) => {
  response.end(JSON.stringify({ taken, last }));
});
control.listen(0, '127.0.0.1');
await once(control, 'listening');
process.stdout.write(`listening on ${server.port}, control at ${(control.address() as AddressInfo).port}\n`);
