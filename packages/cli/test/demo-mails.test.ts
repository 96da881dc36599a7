import { waitFor } from '@huismeester/testkit';
import { expect, it } from 'vitest';
import { answering, list, problem } from './answering.ts';
import { startCli } from './run-cli.ts';

const mail = (number: number, subject: string) => ({
  number,
  at: '2026-11-22T12:00:00.000Z',
  to: ['lisa@demo.example'],
  subject,
  text: 'Hello Lisa,\n\n\u001b[2Jyour VM goes off',
});

it('demo mails shows what was sent, and with --follow each that comes', async () => {
  const mails = [mail(1, 'first')];
  const { url, ran } = await answering((path) => {
    const after = Number(/after=(\d+)/.exec(path)?.[1]);
    return list(...mails.filter(({ number }) => number > after));
  });
  const { stdout } = await ran(['demo', 'mails']);
  expect(stdout).toMatch(
    / {2}lisa@demo\.example\nfirst\n {2}Hello Lisa,\n\n {2}\\u\{1b\}\[2Jyour VM goes off\n/,
  );
  const following = startCli(['demo', 'mails', '--follow', '--url', url]);
  await waitFor('what was sent', () => following.stdout().includes('first'));
  mails.push(mail(2, 'second'));
  await waitFor('the mail that came', () => following.stdout().includes('second'));
  following.stop();
  const { stdout: all } = await following.ended;
  expect(all.match(/first/g)).toHaveLength(1);
});

it('demo mails says where there is no demo', async () => {
  const { ran } = await answering(() => problem(404, 'no-such-route'));
  expect(await ran(['demo', 'mails'])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('is no demo space'),
  });
});
