import { Impact } from '@huismeester/contracts';
import type { Command } from 'commander';
import { type Called, called } from '../people/called.ts';
import { uidsById } from '../people/uids.ts';
import { printable } from '../printable.ts';
import type { Shell } from '../shell.ts';
import { type Column, table } from '../table.ts';
import { carriesOut } from './action.ts';
import { targetOf } from './which-item.ts';
import type { Words } from './words-en.ts';

type Gone = Impact['goes'][number];

/** `impact ITEM`: what goes with a thing, with reasons and people. */
export function addImpact(program: Command, shell: Shell): void {
  const impact = program
    .command('impact')
    .argument('<item>', 'an item by id or name, or a thing such as ups/rack or node/pve-pve1')
    .description('show what goes with it if it fails, because of what, and whom to ask; touches nothing');
  carriesOut(impact, shell, async ({ api, output, words }, reference) => {
    const target = await targetOf(api, reference, words);
    const found = await api.get(`/api/v1/impact/${target}`, Impact);
    const who = called(output.json ? new Map() : await uidsById(api), words);
    const rows = (gone: readonly Gone[]) => table(gone, columns(words, who), output, '');
    const { goes, weakened } = found;
    output.answer(
      found,
      printable(goes.length === 0 ? words.impact.nothing(target) : words.impact.title(target)),
      ...(goes.length === 0 ? [] : rows(goes)),
      ...(weakened.length === 0 ? [] : ['', words.impact.weakened, ...rows(weakened)]),
    );
  });
}

function columns({ impact, item }: Words, who: Called): readonly Column<Gone>[] {
  return [
    {
      head: impact.heads.what,
      of: ({ target, name }) => (name === undefined ? target : `${target} (${name})`),
    },
    {
      head: impact.heads.core,
      of: ({ core_for }) => core_for.map((each) => item.coreFor[each]).join(', '),
      style: ({ core_for }) => (core_for.length > 0 ? 'red' : undefined),
    },
    { head: impact.heads.people, of: ({ people }) => people.map(who).join(', ') },
    {
      head: impact.heads.because,
      of: ({ because }) =>
        because
          .map(({ kind, on, from }) => impact.because(item.links[kind], on) + item.from[from])
          .join('; '),
    },
  ];
}
