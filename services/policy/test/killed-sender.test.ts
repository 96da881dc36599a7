import { fileURLToPath } from 'node:url';
import { type Child, type MailServer, startChild, startMailServer, waitFor } from '@huismeester/testkit';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import {
  minute,
  noticeTo,
  type Outbox,
  type OutboxDatabase,
  openOutboxDatabase,
  startOutbox,
} from './outbox.ts';

const program = fileURLToPath(new URL('./sender-process.ts', import.meta.url));
let base: OutboxDatabase;
let server: MailServer;
let outbox: Outbox;
const children: Child[] = [];
/** A process begins late on a busy machine. */
const timeoutMs = 60_000;

beforeAll(async () => {
  base = await openOutboxDatabase();
});
afterAll(() => base.close());
beforeEach(async () => {
  server = await startMailServer();
  // Without a mail server of its own, so that the processes alone send.
  outbox = await startOutbox(base, {}, { start: new Date(), sends: false });
});
afterEach(async () => {
  for (const child of children.splice(0)) await child.stop({ signal: 'SIGKILL' });
  await outbox.close();
  await server.close();
});

/** Starts a process that sends; `ahead`: its clock, ms. */
async function start(stays: 'before' | 'after' | 'nowhere', ahead = 0): Promise<Child> {
  const args = [program, outbox.url, `${server.port}`, stays, `${ahead}`];
  const child = await startChild({ name: 'sender', command: process.execPath, args });
  children.push(child);
  return child;
}

it.each([
  ['before', 'before it is sent: it is sent once', 1],
  ['after', 'after it was sent, and before that is known: it is repeated once, as the same message', 2],
] as const)(
  'killed %s (%s)',
  async (stays, _, times) => {
    const person = outbox.person();
    await outbox.queue(noticeTo(person));
    const first = await start(stays);
    await first.ready('it stays', () => first.output().includes(`stays ${stays}`), { timeoutMs });
    await first.stop({ signal: 'SIGKILL' });
    const [recorded] = await outbox.rows(person);
    expect(recorded).toMatchObject({ state: 'queued', attempts: 1 });
    expect(server.mails).toHaveLength(times - 1);
    // By then a message that a process had in hand is tried again.
    await start('nowhere', 3 * minute);
    const [row] = await waitFor(
      'it is handed over',
      async () => {
        const rows = await outbox.rows(person);
        return rows[0]?.state === 'handed' && rows;
      },
      { timeoutMs },
    );
    expect(row).toMatchObject({ attempts: 2, message: recorded?.message });
    expect(server.mails.map((mail) => mail.header('message-id'))).toEqual(
      Array.from({ length: times }, () => `<${recorded?.message}>`),
    );
    expect(await outbox.events()).toEqual(['notice.sent']);
  },
  180_000,
);
