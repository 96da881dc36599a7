import { Quota } from '@huismeester/contracts';
import type { Command } from 'commander';
import { type Language, languageOf, languageOption } from '../language.ts';
import { connected, type Shell } from '../shell.ts';
import { type Column, table } from '../table.ts';
import { diskText, memoryText } from './amounts.ts';
import { wordsIn } from './words.ts';
import type { Words } from './words-en.ts';

interface Row {
  readonly what: string;
  readonly used: number;
  readonly allowed: number;
  readonly text: (amount: number) => string;
}

/** `quota`: how much one may use, uses, and has left. */
export function addQuota(program: Command, shell: Shell): void {
  program
    .command('quota')
    .description('show how much you may use for VMs, and how much is left')
    .addOption(languageOption())
    .action(({ lang }: { lang?: Language }, command: Command) =>
      connected(command, shell, async ({ api, output }) => {
        const { quota } = wordsIn[languageOf(lang, shell.env)];
        const found = await api.get('/api/v1/quota', Quota);
        const lines = table(rowsOf(found, quota.rows), columnsOf(quota.heads), output, '');
        output.answer(found, ...lines, quota.counts);
      }),
    );
}

function rowsOf({ used, allowed }: Quota, rows: Words['quota']['rows']): Row[] {
  return [
    { what: rows.vms, used: used.vms, allowed: allowed.vms, text: String },
    { what: rows.cores, used: used.cores, allowed: allowed.cores, text: String },
    { what: rows.memory, used: used.memory_mib, allowed: allowed.memory_mib, text: memoryText },
    { what: rows.disk, used: used.disk_gib, allowed: allowed.disk_gib, text: diskText },
  ];
}

function columnsOf(heads: Words['quota']['heads']): readonly Column<Row>[] {
  return [
    { head: heads.what, of: ({ what }) => what },
    { head: heads.used, of: ({ used, text }) => text(used) },
    { head: heads.allowed, of: ({ allowed, text }) => text(allowed) },
    {
      head: heads.left,
      of: ({ used, allowed, text }) => text(Math.max(0, allowed - used)),
      style: ({ used, allowed }) => (used >= allowed ? 'yellow' : 'green'),
    },
  ];
}
