import { VmLease } from '@huismeester/contracts';
import type { Command } from 'commander';
import { type Language, languageOf, languageOption } from '../language.ts';
import { printable } from '../printable.ts';
import { connected, type Shell } from '../shell.ts';
import { civilTime } from '../time.ts';
import { whichVm } from '../vms/which-vm.ts';
import { wordsIn } from './words.ts';

/** `renew`, of `vm` and of `lease`. */
export function renewing(group: Command, shell: Shell): void {
  group
    .command('renew')
    .argument('<vm>', 'its id or its name')
    .description('renew its lease while it runs: it may run for the whole length from now on')
    .addOption(languageOption())
    .action((reference: string, { lang }: { lang?: Language }, command: Command) =>
      connected(command, shell, async ({ api, output }) => {
        const { lease } = wordsIn[languageOf(lang, shell.env)];
        const { id, name } = await whichVm(api, reference);
        const path = `/api/v1/vms/${encodeURIComponent(id)}/lease/renewal`;
        const renewed = await api.send('POST', path, {}, VmLease);
        output.answer(renewed, printable(lease.renewed(name, civilTime(renewed.ends))));
      }),
    );
}
