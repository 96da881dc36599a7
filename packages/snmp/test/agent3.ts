import { createSocket } from 'node:dgram';
import { element, integer, oid, type Part, parts, text } from './ber.ts';
import type { Silence } from './silence.ts';

/** A v3 message without a digest and without encryption (RFC 3412 section 6). */
export interface Forged {
  /** msgFlags: 1 says that it is authenticated. */
  flags: number;
  boots: number;
  time: number;
  /** 0xa2 a response, 0xa8 a report. */
  pdu: number;
  variable: [string, Buffer];
  /** No other message follows: a request by the clock of the silence that is still in flight times out. */
  last?: boolean;
}

const engineId = '\u0000engine of a test';

/** An agent that has no key: `answer` to each message, the first of which is the discovery. */
export async function startForger(answer: (count: number) => Forged, silence: Silence) {
  const socket = createSocket('udp4');
  let count = 0;
  let discoveries = 0;
  socket.on('message', (message, { port, address }) => {
    const [, global, security, scoped] = parts(parts(message)[0]?.content ?? message) as [
      Part,
      Part,
      Part,
      Part,
    ];
    const [id] = parts(global.content) as [Part];
    // Where it is encrypted nothing of it is readable, the id of the request neither.
    const pdu = scoped.tag === 0x30 ? parts(scoped.content)[2] : undefined;
    const request = (pdu && parts(pdu.content)[0]?.content) ?? Buffer.from([1]);
    count += 1;
    // Of a message that says no engine.
    const [engine] = parts(parts(security.content)[0]?.content ?? message) as [Part];
    if (engine.content.length === 0) discoveries += 1;
    const forged = answer(count);
    const silent = forged.last ? silence.begins() : () => undefined;
    socket.send(encoded(forged, id.content, request), port, address, silent);
  });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  return {
    port: socket.address().port,
    received: () => count,
    discoveries: () => discoveries,
    close: () => new Promise<void>((resolve) => socket.close(() => resolve())),
  };
}

function encoded({ flags, boots, time, pdu, variable }: Forged, id: Buffer, request: Buffer): Buffer {
  const [name, value] = variable;
  const global = element(0x30, element(2, id), integer(65_507), element(4, [flags]), integer(3));
  const parameters = [text(engineId), integer(boots), integer(time), text('user'), text(''), text('')];
  const list = element(0x30, element(0x30, oid(name), value));
  const content = element(pdu, element(2, request), integer(0), integer(0), list);
  const scoped = element(0x30, text(engineId), text(''), content);
  return element(0x30, integer(3), global, element(4, element(0x30, ...parameters)), scoped);
}
