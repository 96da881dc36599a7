import { createSocket } from 'node:dgram';
import { compareOids } from '../src/oid.ts';
import { element, endOfMibView, integer, noSuchInstance, oid, oidText, type Part, parts } from './ber.ts';
import type { Silence } from './silence.ts';

/** What a test's agent was asked: v1 or v2c. */
export interface Request {
  kind: 'get' | 'next' | 'bulk';
  version: number;
  oids: string[];
  nonRepeaters: number;
  repetitions: number;
}

export interface Reply {
  /** error-status and error-index. */
  status?: number;
  index?: number;
  varbinds: [string, Buffer][];
}

/**
 * A UDP socket that answers each request as the function says: a reply, bytes as they are, or nothing. With a silence, a request
 * by its clock that this does not answer times out at once.
 */
export async function startAgent(
  answer: (request: Request) => Reply | Buffer | undefined,
  silence: Silence | undefined,
) {
  const socket = createSocket('udp4');
  const requests: Request[] = [];
  socket.on('message', (message, { port, address }) => {
    const [version, community, pdu] = parts(parts(message)[0]?.content ?? Buffer.alloc(0)) as [
      Part,
      Part,
      Part,
    ];
    const [id, second, third, list] = parts(pdu.content) as [Part, Part, Part, Part];
    const request: Request = {
      kind: pdu.tag === 0xa0 ? 'get' : pdu.tag === 0xa1 ? 'next' : 'bulk',
      version: numberIn(version),
      oids: parts(list.content).map(({ content }) => oidText((parts(content)[0] as Part).content)),
      nonRepeaters: numberIn(second),
      repetitions: numberIn(third),
    };
    requests.push(request);
    const reply = answer(request);
    const silent = silence?.begins() ?? (() => undefined);
    if (!reply) return silent();
    socket.send('varbinds' in reply ? encoded(reply, version, community, id) : reply, port, address, silent);
  });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  return {
    port: socket.address().port,
    requests,
    close: () => new Promise<void>((resolve) => socket.close(() => resolve())),
  };
}

const numberIn = ({ content }: Part) => content.readIntBE(0, content.length);

function encoded(
  { status = 0, index = 0, varbinds }: Reply,
  version: Part,
  community: Part,
  id: Part,
): Buffer {
  const list = varbinds.map(([name, value]) => element(0x30, oid(name), value));
  const pdu = element(0xa2, element(2, id.content), integer(status), integer(index), element(0x30, ...list));
  return element(0x30, element(2, version.content), element(4, community.content), pdu);
}

/** An agent as it should be over these instances, in the order of a MIB; but for the detours: what follows what instead. */
export function table(cells: Record<string, Buffer>, detours: Record<string, string> = {}) {
  const names = Object.keys(cells).sort(compareOids);
  const after = (name: string): [string, Buffer] => {
    const found = detours[name] ?? names.find((each) => compareOids(each, name) > 0);
    return found === undefined ? [name, endOfMibView] : [found, cells[found] ?? endOfMibView];
  };
  return ({ kind, oids, nonRepeaters, repetitions }: Request): Reply => {
    if (kind === 'get')
      return { varbinds: oids.map((name): [string, Buffer] => [name, cells[name] ?? noSuchInstance]) };
    if (kind === 'next') return { varbinds: oids.map(after) };
    const varbinds = oids.slice(0, nonRepeaters).map(after);
    let row = oids.slice(nonRepeaters);
    for (let i = 0; i < repetitions; i += 1) {
      const next = row.map(after);
      varbinds.push(...next);
      row = next.map(([name]) => name);
    }
    return { varbinds };
  };
}
