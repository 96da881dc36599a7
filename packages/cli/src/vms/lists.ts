import { Drift, Template, Vm } from '@huismeester/contracts';
import type { Command } from 'commander';
import type { Static, TSchema } from 'typebox';
import { type Language, languageOf, languageOption } from '../language.ts';
import { connected, type Shell } from '../shell.ts';
import { type Column, table } from '../table.ts';
import { diskText } from './amounts.ts';
import { wordsIn } from './words.ts';
import type { Words } from './words-en.ts';

interface List<Item extends TSchema> {
  readonly name: string;
  readonly description: string;
  readonly path: string;
  readonly item: Item;
  /** Those that are shown; all if left out. */
  readonly only?: (item: Static<Item>) => boolean;
  readonly columns: (words: Words) => readonly Column<Static<Item>>[];
  readonly nothing: (words: Words) => string;
}

function addList<Item extends TSchema>(program: Command, shell: Shell, list: List<Item>): void {
  const { name, description, path, item, only = () => true, columns, nothing } = list;
  program
    .command(name)
    .description(description)
    .addOption(languageOption())
    .action(({ lang }: { lang?: Language }, command: Command) =>
      connected(command, shell, async ({ api, output }) => {
        const words = wordsIn[languageOf(lang, shell.env)];
        const items = (await api.list(path, item)).filter(only);
        output.answer(items, ...table(items, columns(words), output, nothing(words)));
      }),
    );
}

/** `templates`: what a VM can be made of. */
export function addTemplates(program: Command, shell: Shell): void {
  addList(program, shell, {
    name: 'templates',
    description: 'list what you can make a VM of',
    path: '/api/v1/templates',
    item: Template,
    columns: ({ templates: { heads, kinds } }) => [
      { head: heads.id, of: ({ id }) => id },
      { head: heads.kind, of: ({ kind }) => kinds[kind] ?? kind },
      { head: heads.user, of: ({ user }) => user },
      { head: heads.disk, of: ({ disk_gib }) => diskText(disk_gib) },
      { head: heads.hypervisor, of: ({ hypervisor }) => hypervisor },
      { head: heads.name, of: ({ name }) => name },
    ],
    nothing: ({ templates }) => templates.nothing,
  });
}

/** `vm unclaimed`: the VMs of participants that are nobody's, which the team gives an owner. */
export function addUnclaimed(vm: Command, shell: Shell): void {
  addList(vm, shell, {
    name: 'unclaimed',
    description: 'list the participants’ VMs without an owner; `vm adopt` offers one to somebody',
    path: '/api/v1/vms',
    item: Vm,
    only: ({ unclaimed }) => unclaimed === true,
    columns: ({ owner: { unclaimed } }) => [
      { head: unclaimed.heads.vm, of: ({ id }) => id },
      { head: unclaimed.heads.node, of: ({ hypervisor, node }) => `${hypervisor}/${node}` },
      { head: unclaimed.heads.status, of: ({ status }) => status },
      { head: unclaimed.heads.name, of: ({ name }) => name },
    ],
    nothing: ({ owner }) => owner.unclaimed.nothing,
  });
}

/** `drift`: where our records and Proxmox differ, with both sides and who acts. */
export function addDrift(program: Command, shell: Shell): void {
  addList(program, shell, {
    name: 'drift',
    description: 'list where records and Proxmox differ about a VM, with both sides and who acts',
    path: '/api/v1/drift',
    item: Drift,
    columns: ({ drift: { heads, acts } }) => [
      { head: heads.vm, of: ({ vm }) => vm },
      { head: heads.what, of: ({ what }) => what },
      { head: heads.ours, of: ({ ours }) => ours ?? '-' },
      { head: heads.theirs, of: ({ theirs }) => theirs ?? '-' },
      { head: heads.acts, of: (each) => acts[each.acts] },
      { head: heads.toDo, of: ({ what_to_do }) => what_to_do },
    ],
    nothing: ({ drift }) => drift.nothing,
  });
}
