import { createSocket } from 'node:dgram';
import { setTimeout as sleep } from 'node:timers/promises';

/** SNMPv3's discovery (RFC 3414 section 4): every v3 agent answers it with a report, whatever its users. */
const discovery = Buffer.from(
  '303e0201033011020400000001020300ffe3040104020103' +
    '0410300e0400020100020100040004000400' +
    '301404000400a00e0204000000010201000201003000',
  'hex',
);

/** Whether an SNMP agent answers there, within 2 s: a busy machine is no fault. */
export function agentAnswers(port: number, host: string): Promise<boolean> {
  const socket = createSocket('udp4');
  const answered = new Promise<boolean>((resolve) => {
    socket.once('message', () => resolve(true));
    // Of a socket that is connected: nothing listens there yet.
    socket.once('error', () => resolve(false));
  });
  socket.connect(port, host, () => socket.send(discovery));
  const overdue = new AbortController();
  const silent = sleep(2_000, false, { signal: overdue.signal }).catch(() => false);
  return Promise.race([answered, silent]).finally(() => {
    overdue.abort();
    socket.close();
  });
}
