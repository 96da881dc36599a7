import { Lease, Vm } from '@huismeester/contracts';
import type { Command } from 'commander';
import { wholeNumber } from '../commands/options.ts';
import { type Language, languageOf, languageOption } from '../language.ts';
import type { Style } from '../output.ts';
import { uidsById } from '../people/uids.ts';
import { reasonIn } from '../reason.ts';
import { answerOf } from '../served.ts';
import { connected, type Shell } from '../shell.ts';
import { type Column, table } from '../table.ts';
import { civilTime } from '../time.ts';
import { renewing } from './renew.ts';
import { wordsIn } from './words.ts';
import type { Words } from './words-en.ts';

interface PreviewOptions {
  readonly days: number;
  readonly lang?: Language;
}

/** `lease preview` and `lease renew`. */
export function addLease(program: Command, shell: Shell): void {
  const lease = program.command('lease').description('how long VMs of participants may run (PART-4)');
  lease
    .command('preview', { isDefault: true })
    .description('list which VMs go off in the coming days, when, and whether their owner was warned')
    .option('--days <n>', 'so many days', wholeNumber(1, 365), 7)
    .addOption(languageOption())
    .action(({ days, lang }: PreviewOptions, command: Command) =>
      connected(command, shell, async ({ api, output }) => {
        const language = languageOf(lang, shell.env);
        const words = wordsIn[language];
        const leases = await api.list('/api/v1/leases', Lease, { days, order: 'plannedStop' });
        const going = leases.filter(({ state }) => state !== 'off' && state !== 'over');
        if (output.json) return output.value(going);
        const [vms, uids] = await Promise.all([answerOf(api.list('/api/v1/vms', Vm)), uidsById(api)]);
        const names = new Map('value' in vms ? vms.value.map(({ id, name }) => [id, name]) : []);
        const nothing = words.lease.nothing(days);
        output.print(...table(going, columns(words, { names, uids, language }), output, nothing));
      }),
    );
  renewing(lease, shell);
}

interface Known {
  readonly language: Language;
  readonly names: ReadonlyMap<string, string>;
  readonly uids: ReadonlyMap<string, string>;
}

const fine: readonly Lease['state'][] = ['running', 'warned'];

function columns(
  { lease: { heads, states } }: Words,
  { names, uids, language }: Known,
): readonly Column<Lease>[] {
  const style = ({ state }: Lease): Style | undefined => (fine.includes(state) ? undefined : 'yellow');
  return [
    { head: heads.goesOff, of: ({ plannedStop }) => civilTime(plannedStop) },
    { head: heads.vm, of: ({ vm }) => vm },
    { head: heads.name, of: ({ vm }) => names.get(vm) },
    { head: heads.owner, of: ({ owner }) => owner && (uids.get(owner) ?? owner) },
    { head: heads.state, of: ({ state }) => states[state], style },
    { head: heads.why, of: ({ why, reasons = [] }) => reasonIn(language, { reason: why, reasons }) },
  ];
}
