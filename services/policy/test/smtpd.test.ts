import { type OpenSmtpd, skipWithout, startOpenSmtpd, waitFor } from '@huismeester/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  hour,
  minute,
  noticeTo,
  type Outbox,
  type OutboxDatabase,
  openOutboxDatabase,
  startOutbox,
} from './outbox.ts';

describe.skipIf(skipWithout('smtpd'))('a real mail server', () => {
  let base: OutboxDatabase;
  let server: OpenSmtpd;
  let outbox: Outbox;
  const [ann, bob] = ['ann@space.example', 'bob@space.example'];

  beforeAll(async () => {
    [base, server] = await Promise.all([openOutboxDatabase(), startOpenSmtpd([ann, bob])]);
    const from = 'Huismeester <noreply@space.example>';
    outbox = await startOutbox(base, { mail: { url: `smtp://127.0.0.1:${server.port}`, from } });
  });
  afterAll(async () => {
    await outbox.close();
    await Promise.all([base.close(), server.close()]);
  });

  const delivered = (count: number) =>
    waitFor('they are delivered', async () => {
      const found = await server.delivered();
      return found.length >= count && found;
    });

  it('delivers the last warning of a lease, to one person, with a name that has to be quoted', async () => {
    const person = outbox.person({ mail: [ann], name: 'Jörg "de" Boer, bob@space.example' });
    await outbox.queue(noticeTo(person));
    const [mail = ''] = await delivered(1);
    const [row] = await outbox.rows(person);
    expect(row).toMatchObject({ state: 'handed' });
    expect(mail).toContain(`<${row?.message}>`);
    expect(mail).toMatch(/^To: [\s\S]*?<ann@space\.example>\r?$/m);
    expect(mail).not.toMatch(/^Delivered-To: bob/im);
    expect(mail).toContain('Auto-Submitted: auto-generated');
    expect(mail).toContain('VM 104');
  });

  it('delivers a digest, and refuses for good whom it does not know', async () => {
    const person = outbox.person({ mail: [bob], language: 'en' });
    const nobody = outbox.person({ mail: ['nobody@space.example'] });
    const digest = (to: string, n: number) =>
      noticeTo(to, { kind: 'lease-first-warning', subject: `vm/${n}`, urgency: 'digest' });
    await outbox.queue(digest(person, 201), digest(person, 202), digest(nobody, 203));
    await outbox.pass(23 * hour, 23 * hour);
    const digests = (await delivered(2)).filter((each) => each.includes('<bob@space.example>'));
    expect(digests).toHaveLength(1);
    expect(digests[0]).toMatch(/VM 201[\s\S]*VM 202/);
    const [row] = await outbox.rows(nobody);
    expect(row).toMatchObject({ state: 'failed-for-good', attempts: 1, nextAt: null });
    expect(row?.error).toContain('550');
    await outbox.pass(2 * hour, 30 * minute);
    expect(await server.delivered()).toHaveLength(2);
  });
});
