import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { Attribute, BerWriter, PagedResultsControl } from 'ldapts';
import { expect, it } from 'vitest';
import { directoryAt, forever, idOf } from './set-up.ts';

/** RFC 2696: a cookie says that there is more. */
const page = (cookie: string) => new PagedResultsControl({ value: { size: 0, cookie: Buffer.from(cookie) } });

it.each<[string, Buffer[], string[]]>([
  [
    'goes on after a page without entries',
    [done(1, page('more')), Buffer.concat([entry(2), done(2, page(''))])],
    ['p2'],
  ],
  [
    'takes all from a server that knows no pages',
    [Buffer.concat([entry(1), entry(1, 2), done(1)])],
    ['p1', 'p2'],
  ],
])('%s', async (_, answers, uids) => {
  expect(await uidsFrom(answers)).toEqual(uids);
});

it.each([
  ['the second page has no control', [Buffer.concat([entry(1), done(1, page('more'))]), done(2)]],
  ['the third has none', [done(1, page('more')), done(2, page('more')), Buffer.concat([entry(3), done(3)])]],
  [
    'it has one without a value',
    [Buffer.concat([entry(1), done(1, page('more'))]), done(2, new PagedResultsControl())],
  ],
  ['the first has one without a value', [Buffer.concat([entry(1), done(1, new PagedResultsControl())])]],
])('takes no part for the whole where %s', async (_, answers) => {
  await expect(uidsFrom(answers)).rejects.toMatchObject({ reason: 'incomplete' });
});

/** The uids of a read from a server that gives these answers, one to each request. */
async function uidsFrom(answers: readonly Buffer[]): Promise<string[]> {
  const server = createServer((socket) => {
    const left = answers.values();
    socket
      .on('error', () => undefined)
      .on('data', () => {
        const { value } = left.next();
        if (value) socket.write(value);
      });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    const { port } = server.address() as AddressInfo;
    const { people } = await directoryAt({ port, suffix: 'dc=space' }).read(forever);
    return people.map(({ uid }) => uid);
  } finally {
    server.close();
  }
}

/** SearchResultDone. */
function done(messageId: number, control?: PagedResultsControl): Buffer {
  const writer = new BerWriter();
  writer.startSequence();
  writer.writeInt(messageId);
  writer.startSequence(0x65);
  writer.writeEnumeration(0);
  writer.writeString('');
  writer.writeString('');
  writer.endSequence();
  if (control) {
    writer.startSequence(0xa0);
    control.write(writer);
    writer.endSequence();
  }
  writer.endSequence();
  return writer.buffer;
}

/** SearchResultEntry of somebody. */
function entry(messageId: number, number = messageId): Buffer {
  const writer = new BerWriter();
  writer.startSequence();
  writer.writeInt(messageId);
  writer.startSequence(0x64);
  writer.writeString(`uid=p${number},ou=people,dc=space`);
  writer.startSequence();
  new Attribute({ type: 'uid', values: [`p${number}`] }).write(writer);
  new Attribute({ type: 'entryUUID', values: [idOf(number)] }).write(writer);
  writer.endSequence();
  writer.endSequence();
  writer.endSequence();
  return writer.buffer;
}
