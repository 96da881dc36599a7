import { NoticeResource } from '@huismeester/contracts';
import type { Command } from 'commander';
import type { Api } from '../api.ts';
import { NotFine } from '../errors.ts';
import { pause } from '../events/follow.ts';
import { whichPerson } from '../people/which-person.ts';
import { printable } from '../printable.ts';
import { connected, type Shell } from '../shell.ts';

/** For so long it is waited what becomes of a test, ms, and how often it is looked at. */
const waitMs = 90_000;
const everyMs = 500;

/** `mail test`: whether mail reaches somebody. */
export function addMailTest(program: Command, shell: Shell): void {
  const mail = program.command('mail').description('mail to people');
  mail
    .command('test')
    .argument('<person>', 'a uid, or the id of a person')
    .description('send somebody a message, and say what became of it')
    .action((reference: string, _: object, command: Command) =>
      connected(command, shell, async ({ api, output }) => {
        const { id: person } = await whichPerson(api, reference, 'en');
        const queued = await api.send('POST', '/api/v1/notices/test', { person }, NoticeResource);
        const notice = await ended(api, queued.id, shell.untilStopped());
        if (notice.state !== 'handed')
          throw new NotFine(`it was not sent: ${notice.error ?? 'it still waits'}`);
        output.answer(notice, printable(`the mail server took it for ${reference}`));
      }),
    );
}

/** The notice once it is over, failed an attempt, or was waited for too long, or for as long as the person wanted. */
async function ended(api: Api, id: string, signal: AbortSignal): Promise<NoticeResource> {
  const end = performance.now() + waitMs;
  for (;;) {
    const notice = await api.get(`/api/v1/notices/${id}`, NoticeResource);
    const isOver = notice.state !== 'queued' || notice.error !== undefined;
    if (isOver || signal.aborted || performance.now() >= end) return notice;
    await pause(everyMs, signal);
  }
}
