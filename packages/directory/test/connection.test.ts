import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { pipeline } from 'node:stream';
import { freePort, sign, skipWithout, startLink, waitFor } from '@huismeester/testkit';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { directoryAt, forever, type Rest, somebody, unit, type World, world } from './set-up.ts';

describe.skipIf(skipWithout('slapd'))('a connection', () => {
  let one: World;
  let url: string;
  const closing: (() => unknown)[] = [];

  beforeAll(async () => {
    one = await world({
      entries: (suffix) => unit(suffix, 'people') + somebody(suffix, 'p1', { number: 1 }),
    });
    url = `ldap://127.0.0.1:${one.at.port}`;
  });
  afterEach(async () => {
    await Promise.all(closing.splice(0).map((close) => close()));
  });

  const uids = async (rest: Rest, limits = { connectMs: 300, answerMs: 300 }) => {
    const { people } = await directoryAt(one.at, rest, limits).read(forever);
    return people.map(({ uid }) => uid);
  };
  const patient = { connectMs: 5000, answerMs: 5000 };

  /** A server that does this with each connection. */
  const serve = async (server: Server, host = '127.0.0.1'): Promise<number> => {
    server.listen(0, host);
    await once(server, 'listening');
    closing.push(() => server.close());
    return (server.address() as AddressInfo).port;
  };
  const saying = (bytes: string | Buffer) =>
    serve(
      createServer(
        (socket) =>
          void socket
            .on('error', () => undefined)
            .on('data', () => socket.write(bytes))
            .on('end', () => socket.destroy()),
      ),
    );
  const link = async (kind: 'silent' | 'cut') => {
    const made = await startLink(one.at.port);
    closing.push(made.close);
    made.weather({ kind });
    return made.port;
  };

  it.each(['ldaps', 'startTls'])('is encrypted with %s, to a server that the CA signed for', async (how) => {
    const { port, tlsPort, ca } = one.at;
    const at = (host: string) => (how === 'ldaps' ? `ldaps://${host}:${tlsPort}` : `ldap://${host}:${port}`);
    const secured = { startTls: how === 'startTls', urls: [at('127.0.0.1')] };
    expect(await uids({ ...secured, ca }, patient)).toEqual(['p1']);
    expect(await uids({ ...secured, urls: [at('localhost')], ca }, patient)).toEqual(['p1']);
    const other = (await sign({ name: 'Other', authority: true })).cert;
    // The certificate is for another address than this.
    const relay = createServer((socket) => {
      const onward = connect({ port: how === 'ldaps' ? tlsPort : port, host: '127.0.0.1' });
      pipeline(socket, onward, socket, () => undefined);
    });
    const elsewhere = `${how === 'ldaps' ? 'ldaps' : 'ldap'}://127.0.0.2:${await serve(relay, '127.0.0.2')}`;
    // An authority that settings name replaces those of the system, which do not know the server's either.
    for (const rest of [{ ...secured, ca: other }, secured, { ...secured, urls: [elsewhere], ca }])
      await expect(uids(rest, patient)).rejects.toMatchObject({
        reason: 'tls',
        message: expect.stringContaining('directory.ldap.ca'),
      });
  });

  it('takes the next server where one does not answer, and not where it refuses', async () => {
    const wrong = { bindDn: one.at.rootDn, bindPassword: 'wrong' };
    const closed = `ldap://127.0.0.1:${await freePort()}`;
    const silent = `ldap://127.0.0.1:${await link('silent')}`;
    const untrusted = `ldaps://127.0.0.1:${one.at.tlsPort}`;
    const limits = { connectMs: 5000, answerMs: 1500 };
    expect(await uids({ urls: [closed, silent, untrusted, url] }, limits)).toEqual(['p1']);
    await expect(uids({ urls: [url, 'ldap://never.invalid'], ...wrong }, patient)).rejects.toMatchObject({
      reason: 'wrong-secret',
    });
    await expect(uids({ urls: [closed, silent] })).rejects.toMatchObject({
      reason: 'no-answer',
      message: expect.stringContaining(silent),
    });
  });

  it.each([
    ['nothing', '', 'says nothing for 300 ms'],
    ['no LDAP', 'SSH-2.0-OpenSSH_9.2\r\n', 'no LDAP'],
    [
      'an answer to something else',
      Buffer.from('300c02010565070a010004000400', 'hex'),
      'nothing that we asked for',
    ],
    [
      'a good bind where a search was asked for',
      Buffer.from('300c02010161070a010004000400', 'hex'),
      'nothing that we asked for',
    ],
    ['half a message', Buffer.from('300c0201', 'hex'), 'says nothing for 300 ms'],
    ['a message without a length', Buffer.from('3080', 'hex'), 'no LDAP'],
    ['that it ends the connection', Buffer.from('300c02010078070a013404000400', 'hex'), 'no LDAP'],
  ])('is over when the server says %s', async (_, answer, message) => {
    const port = await saying(answer);
    const limits = message.includes('300 ms') ? undefined : patient;
    const read = uids({ urls: [`ldap://127.0.0.1:${port}`] }, limits);
    await expect(read).rejects.toMatchObject({
      reason: 'no-answer',
      message: expect.stringMatching(message),
    });
  });

  it('does not log in where the server will not encrypt', async () => {
    let heard = '';
    const refusal = Buffer.from('300c02010178070a010204000400', 'hex');
    const server = createServer((socket) => {
      socket
        .on('error', () => undefined)
        .on('data', (chunk: Buffer) => {
          heard += chunk.toString('latin1');
          socket.write(refusal);
        });
    });
    const urls = [`ldap://127.0.0.1:${await serve(server)}`];
    const read = uids({ urls, startTls: true, bindDn: 'cn=reader', bindPassword: 'secret' }, patient);
    await expect(read).rejects.toMatchObject({ reason: 'tls' });
    expect(heard).toContain('1.3.6.1.4.1.1466.20037');
    expect(heard).not.toContain('reader');
  });

  it('is closed afterwards, however it went', async () => {
    const through = await startLink(one.at.port);
    closing.push(through.close);
    const urls = [`ldap://127.0.0.1:${through.port}`];
    await uids({ urls }, patient);
    await expect(uids({ urls, base: 'ou=gone' }, patient)).rejects.toThrow('LDAP');
    await directoryAt(one.at, { urls }, patient).logIn('p1', 'wrong', forever);
    const startTls = uids({ urls, startTls: true }, patient);
    await expect(startTls).rejects.toMatchObject({ reason: 'tls' });
    await waitFor('no connection is left', () => through.connections() === 0);
    through.weather({ kind: 'silent' });
    const controller = new AbortController();
    const read = directoryAt(one.at, { urls }, patient).read(controller.signal);
    await waitFor('it is connected', () => through.connections() === 1);
    controller.abort(new Error('enough'));
    await expect(read).rejects.toThrow('enough');
    through.weather({ kind: 'clear' });
    await waitFor('no connection is left', () => through.connections() === 0);
  });

  it('begins with the server that answered last', async () => {
    const silent = await startLink(one.at.port);
    closing.push(silent.close);
    silent.weather({ kind: 'silent' });
    const rest = { urls: [`ldap://127.0.0.1:${silent.port}`, url] };
    const directory = directoryAt(one.at, rest, { connectMs: 5000, answerMs: 1500 });
    await directory.read(forever);
    silent.weather({ kind: 'cut' });
    await waitFor('it is ended', () => silent.connections() === 0);
    silent.weather({ kind: 'silent' });
    await directory.read(forever);
    expect(silent.connections()).toBe(0);
  });

  it('is over when it is cut, and when nothing comes at all', async () => {
    for (const kind of ['cut', 'silent'] as const) {
      const read = uids({ urls: [`ldap://127.0.0.1:${await link(kind)}`] });
      await expect(read).rejects.toMatchObject({ reason: 'no-answer' });
    }
    const startTls = { startTls: true, urls: [`ldap://127.0.0.1:${await link('silent')}`] };
    await expect(uids(startTls)).rejects.toMatchObject({ reason: 'no-answer' });
  });

  it.each(['ldap', 'ldaps', 'startTls'])('ends at once when the caller wants so, with %s', async (how) => {
    const silent = await startLink(one.at.port);
    closing.push(silent.close);
    silent.weather({ kind: 'silent' });
    const urls = [`${how === 'ldaps' ? 'ldaps' : 'ldap'}://127.0.0.1:${silent.port}`];
    const rest = { urls, startTls: how === 'startTls' };
    const directory = directoryAt(one.at, rest, { connectMs: 600_000, answerMs: 600_000 });
    for (const connections of [0, 2]) {
      const controller = new AbortController();
      const read = directory.read(controller.signal);
      const logIn = directory.logIn('p1', 'secret-p1', controller.signal);
      const both = Promise.allSettled([read, logIn]);
      await waitFor('they are connected', () => silent.connections() >= connections);
      controller.abort(new Error('enough'));
      const reason = expect.objectContaining({ message: 'enough' });
      expect(await both).toEqual([0, 1].map(() => ({ status: 'rejected', reason })));
    }
    const before = AbortSignal.abort(new Error('before'));
    await expect(directoryAt(one.at).read(before)).rejects.toThrow('before');
  });

  it('has no user or password of the address in its messages', async () => {
    const read = uids({ urls: [`ldap://somebody:secret@127.0.0.1:${await freePort()}`] });
    await expect(read).rejects.toThrow(/^ldap:\/\/127\.0\.0\.1:\d+ does not answer/);
  });
});
