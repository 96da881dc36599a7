import { type MailServer, type MailServerOptions, sign, startMailServer } from '@huismeester/testkit';
import { afterEach, describe, expect, it } from 'vitest';
import { createMailer, type Mailer, type MailerOptions, type Message } from '../src/index.ts';

const servers: MailServer[] = [];
const mailers: Mailer[] = [];

async function both(server: MailServerOptions = {}, mailer: Partial<MailerOptions> = {}) {
  const started = await startMailServer(server);
  servers.push(started);
  const url = `smtp://127.0.0.1:${started.port}`;
  const made = createMailer({
    url,
    from: 'Huismeester <noreply@space.example>',
    timeoutMs: 2_000,
    ...mailer,
  });
  mailers.push(made);
  return { server: started, mailer: made };
}

afterEach(async () => {
  for (const each of mailers.splice(0)) each.close();
  await Promise.all(servers.splice(0).map((each) => each.close()));
});

const message = (address: string, more: Partial<Message> & { name?: string } = {}): Message => ({
  id: 'n-1@space.example',
  to: { address, ...(more.name !== undefined && { name: more.name }) },
  subject: 'Je VM “web” gaat zo uit',
  text: 'Hoi',
  html: '<p>Hoi</p>',
  date: new Date('2026-12-01T08:30:00Z'),
  language: 'nl',
  ...more,
});

describe('a message', () => {
  it('goes to one person, in two forms, as no answer to anything', async () => {
    const { server, mailer } = await both();
    expect(await mailer.send(message('ann@space.example', { name: 'Ann' }))).toEqual({ outcome: 'accepted' });
    const [mail] = server.mails;
    expect(mail).toMatchObject({ from: 'noreply@space.example', to: ['ann@space.example'] });
    expect(mail?.header('auto-submitted')).toBe('auto-generated');
    expect(mail?.header('message-id')).toBe('<n-1@space.example>');
    expect(mail?.header('content-type')).toContain('multipart/alternative');
    expect(mail?.header('to')).toBe('Ann <ann@space.example>');
    expect(mail?.header('date')).toContain('01 Dec 2026');
  });

  it.each([
    'Ann "de" <eve@evil.example>',
    'Ann, eve@evil.example',
    'Jörg\r\nBcc: eve@evil.example',
    "O'Brien; x",
  ])('to %j goes to that person alone', async (name) => {
    const { server, mailer } = await both();
    expect(await mailer.send(message('ann@space.example', { name }))).toEqual({ outcome: 'accepted' });
    expect(server.mails.map(({ to }) => to)).toEqual([['ann@space.example']]);
    expect(server.mails[0]?.header('bcc')).toBeUndefined();
  });

  it.each(['ann@space.example,eve@evil.example', 'ann@space.example\r\nRCPT TO:<eve@evil.example>'])(
    'to the address %j is refused, and nothing is sent',
    async (address) => {
      const { server, mailer } = await both();
      expect(await mailer.send(message(address))).toMatchObject({
        outcome: 'rejected',
        code: 'no-address',
      });
      expect(server.connections()).toBe(0);
    },
  );

  it('with a line break in its subject has no header more', async () => {
    const { server, mailer } = await both();
    await mailer.send(message('ann@space.example', { subject: 'a\r\nBcc: eve@evil.example' }));
    expect(server.mails[0]?.header('bcc')).toBeUndefined();
  });
});

describe('a refusal', () => {
  it.each<readonly [string, MailServerOptions, object]>([
    ['550 to the address', { onRecipient: () => ({ code: 550 }) }, { outcome: 'rejected', code: 550 }],
    ['554 to the message', { onMessage: () => ({ code: 554 }) }, { outcome: 'rejected', code: 554 }],
    ['451 to the address', { onRecipient: () => ({ code: 451 }) }, { outcome: 'deferred', code: 451 }],
    ['450 to the message', { onMessage: () => ({ code: 450 }) }, { outcome: 'deferred', code: 450 }],
    ['421 to the address', { onRecipient: () => ({ code: 421 }) }, { outcome: 'unavailable' }],
    ['530 to the address', { onRecipient: () => ({ code: 530 }) }, { outcome: 'unavailable' }],
    [
      'relaying denied',
      { onRecipient: () => ({ code: 554, text: '5.7.1 <ann@space.example>: Relay access denied' }) },
      { outcome: 'unavailable' },
    ],
    [
      'no such mailbox',
      { onRecipient: () => ({ code: 550, text: '5.1.1 <ann@space.example> is nobody' }) },
      { outcome: 'rejected', code: 550 },
    ],
    ['550 to the sender', { onFrom: () => ({ code: 550 }) }, { outcome: 'unavailable' }],
    ['a broken connection in the message', { onMessage: () => 'drop' }, { outcome: 'unavailable' }],
    ['a broken connection at the address', { onRecipient: () => 'drop' }, { outcome: 'unavailable' }],
  ])('by %s', async (_, options, expected) => {
    const { server, mailer } = await both(options);
    const outcome = await mailer.send(message('ann@space.example'));
    expect(outcome).toMatchObject(expected);
    expect(JSON.stringify(outcome)).not.toContain('space.example');
    expect(server.mails).toEqual([]);
  });

  it('of one is none of the next over the same connection', async () => {
    const { server, mailer } = await both({
      onRecipient: (to) => (to.startsWith('bad') ? { code: 550 } : undefined),
    });
    const all = ['ann', 'bad', 'bob'].map((each) => mailer.send(message(`${each}@space.example`)));
    expect((await Promise.all(all)).map(({ outcome }) => outcome)).toEqual([
      'accepted',
      'rejected',
      'accepted',
    ]);
    expect(server.mails).toHaveLength(2);
  });
});

describe('a server', () => {
  it('that is away, refuses our login or has another certificate is ours', async () => {
    const { server, mailer } = await both(
      { login: { username: 'us', password: 'right' } },
      { username: 'us', password: 'wrong' },
    );
    const outcome = await mailer.send(message('ann@space.example'));
    expect(outcome).toMatchObject({ outcome: 'unavailable', why: expect.stringContaining('login') });
    expect(JSON.stringify(outcome)).not.toContain('wrong');
    await expect(mailer.check()).rejects.toThrow('refuses our login');
    await server.close();
    expect(await mailer.send(message('ann@space.example'))).toMatchObject({ outcome: 'unavailable' });
    const { cert, key } = await sign({ name: 'localhost' });
    const strict = await both({ tls: { cert, key } }, { requireTls: true });
    const untrusted = await strict.mailer.send(message('ann@space.example'));
    expect(untrusted).toMatchObject({ outcome: 'unavailable', why: expect.stringContaining('certificate') });
  });

  it('is spoken to over TLS, with a login', async () => {
    const authority = await sign({ name: 'ca', authority: true });
    const { cert, key } = await sign({ name: '127.0.0.1', by: authority });
    const login = { username: 'us', password: 'right' };
    const { server, mailer } = await both(
      { tls: { cert, key }, login },
      { ...login, requireTls: true, ca: authority.cert },
    );
    await mailer.check();
    expect(await mailer.send(message('ann@space.example'))).toEqual({ outcome: 'accepted' });
    expect(server.mails).toHaveLength(1);
  });

  it('that has no STARTTLS gets nothing where TLS is required', async () => {
    const { server, mailer } = await both({}, { requireTls: true });
    expect(await mailer.send(message('ann@space.example'))).toMatchObject({ outcome: 'unavailable' });
    expect(server.mails).toEqual([]);
  });

  it('takes 300 at once', async () => {
    const { server, mailer } = await both();
    await Promise.all(Array.from({ length: 300 }, (_, n) => mailer.send(message(`p${n}@space.example`))));
    expect(server.mails).toHaveLength(300);
  });
});
