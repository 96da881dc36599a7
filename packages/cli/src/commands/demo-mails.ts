import { DemoMail } from '@huismeester/contracts';
import type { Command } from 'commander';
import { isAway, pause } from '../events/follow.ts';
import type { Output } from '../output.ts';
import { printable } from '../printable.ts';
import { connected, type Shell } from '../shell.ts';
import { civilTime } from '../time.ts';

/** `demo mails`: what the demo's own mail server took; `failed` says it of what is no demo. */
export function addDemoMails(
  demo: Command,
  shell: Shell,
  failed: (error: unknown, place: string) => unknown,
): void {
  demo
    .command('mails')
    .description('show the mails that the demo’s own mail server took, oldest first')
    .option('-f, --follow', 'then show each that comes, until Ctrl-C')
    .action(({ follow = false }: { follow?: boolean }, command: Command) =>
      connected(command, shell, async ({ api, output }) => {
        const read = async (after: number) => {
          try {
            return await api.list('/api/v1/demo/mails', DemoMail, { after });
          } catch (error) {
            throw failed(error, api.place);
          }
        };
        const found = await read(0);
        output.answer(
          found,
          ...(found.length === 0 ? ['No mail was sent yet.'] : found.flatMap((mail) => lines(mail, output))),
        );
        if (!follow) return;
        let newest = found.at(-1)?.number ?? 0;
        const signal = shell.untilStopped();
        while (!signal.aborted) {
          // A demo that was started anew counts from 1 again.
          const more = await read(newest).catch((error: unknown) => {
            if (!isAway(error)) throw error;
            newest = 0;
            return [];
          });
          for (const mail of more) output.answer(mail, ...lines(mail, output));
          newest = more.at(-1)?.number ?? newest;
          await pause(500, signal);
        }
      }),
    );
}

function lines({ at, to, subject, text }: DemoMail, { paint }: Output): string[] {
  return [
    `${civilTime(at)}  ${printable(to.join(', '))}`,
    paint('bold', printable(subject)),
    ...text.split('\n').map((line) => `  ${printable(line)}`.trimEnd()),
    '',
  ];
}
