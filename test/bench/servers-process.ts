// What there is to probe, in a process of its own: an HTTP server, which takes TCP too, and a name server that knows every name. Prints
// their ports.
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const web = createServer((_, reply) => {
  reply.end('hello');
});
web.listen(0, '127.0.0.1');
await once(web, 'listening');

/** A record of type A, with the name that the question has (RFC 1035 section 4.1): 127.0.0.1 for a minute. */
const record = Buffer.from('c00c000100010000003c00047f000001', 'hex');
const names = createSocket('udp4');
names.on('message', (question, { port, address }) => {
  const answer = Buffer.concat([question, record]);
  // A response, recursion available; one question, one answer, nothing else.
  answer.writeUInt16BE(0x8180, 2);
  answer.writeUInt16BE(1, 6);
  answer.writeUInt16BE(0, 10);
  names.send(answer, port, address);
});
names.bind(0, '127.0.0.1');
await once(names, 'listening');
process.stdout.write(`listening on ${(web.address() as AddressInfo).port} and ${names.address().port}\n`);
