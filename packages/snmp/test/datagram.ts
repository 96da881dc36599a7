import { createSocket } from 'node:dgram';
import { runSnmpTool } from '@huismeester/testkit';

/** The datagram that snmptrap sends with these options, of these values. */
export async function datagramOf(options: string[], values: string[]): Promise<Buffer> {
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  const received = new Promise<Buffer>((resolve) => socket.once('message', resolve));
  await runSnmpTool('snmptrap', [...options, `127.0.0.1:${socket.address().port}`, ...values]);
  return received.finally(() => socket.close());
}
