import { ItemProposalResource, ItemResource } from '@huismeester/contracts';
import type { Command } from 'commander';
import { Type } from 'typebox';
import type { Api } from '../api.ts';
import { NotFine, UsageError } from '../errors.ts';
import { printable } from '../printable.ts';
import type { Shell } from '../shell.ts';
import { table } from '../table.ts';
import { said } from '../team/said.ts';
import { carriesOut } from './action.ts';
import { addFields, type FieldOptions, fieldsOf } from './item-fields.ts';
import type { Words } from './words-en.ts';

const path = '/api/v1/proposals';
const of = (id: string) => `${path}/${id.split('/').map(encodeURIComponent).join('/')}`;

/** `item propose`: what is there and not registered; `confirm` registers it in bulk, `dismiss` and `reopen`. */
export function addProposals(item: Command, shell: Shell): void {
  const propose = item
    .command('propose')
    .description('list what is seen, or named by CORE-3 and SPACE-2, and not registered')
    .option('--all', 'those that were dismissed, too');
  carriesOut<{ readonly all?: boolean }>(propose, shell, async ({ api, output, options, words }) => {
    const { item: items, proposal } = words;
    const every = await api.list(path, ItemProposalResource);
    const found = every.filter(({ dismissed }) => options.all === true || !dismissed);
    const [first] = found;
    output.answer(
      found,
      ...table(
        found,
        [
          {
            head: proposal.heads.id,
            of: ({ id }) => id,
            style: ({ dismissed }) => (dismissed ? 'dim' : undefined),
          },
          { head: proposal.heads.kind, of: ({ kind }) => items.kinds[kind] },
          { head: proposal.heads.layer, of: ({ layer }) => layer },
          { head: proposal.heads.core, of: ({ core }) => (core === 'no' ? '' : items.cores[core]) },
          { head: proposal.heads.because, of: ({ because }) => proposal.because[because] },
          { head: proposal.heads.name, of: ({ name }) => name },
        ],
        output,
        proposal.nothing,
      ),
      ...(found.length < every.length ? [proposal.dismissedToo(every.length - found.length)] : []),
      ...(first === undefined ? [] : ['', printable(proposal.next(first.id))]),
    );
  });
  addConfirm(item, shell);
  addDismiss(item, shell);
}

function addConfirm(item: Command, shell: Shell): void {
  const confirm = addFields(
    item
      .command('confirm')
      .argument('[proposal...]', 'ids of `item propose`')
      .description('register what is proposed, all of it or none; the options are said of each')
      .option('--all', 'all that is proposed, and not dismissed'),
  );
  carriesOut<FieldOptions & { readonly all?: boolean }>(
    confirm,
    shell,
    async ({ api, output, options, words, language }, ...[, , ids]) => {
      const fields = await fieldsOf(api, options, words, language);
      const chosen = options.all === true ? await openIds(api) : ids;
      if (options.all === true && chosen.length === 0) throw new NotFine(words.proposal.nothingToConfirm);
      if (chosen.length === 0) throw new UsageError(words.proposal.sayWhich);
      const body = { proposals: chosen.map((id) => ({ id, ...fields })) };
      const made = await api.send('POST', `${path}/confirmation`, body, Registered);
      const made_ = made.items;
      output.answer(
        made,
        said(words.proposal.registered(made_.length, made_.map(({ id }) => id).join(', ')), 'INFRA-2'),
        ...(made_.some(({ tenure }) => tenure === undefined) ? [words.proposal.whose] : []),
      );
    },
  );
}

const Registered = Type.Object({ items: Type.Array(ItemResource) });

async function openIds(api: Api): Promise<string[]> {
  const all = await api.list(path, ItemProposalResource);
  return all.filter(({ dismissed }) => !dismissed).map(({ id }) => id);
}

function addDismiss(item: Command, shell: Shell): void {
  const dismiss = item
    .command('dismiss')
    .argument('<proposal>', 'its id of `item propose`')
    .description('it is not to be registered')
    .option('--because <why>', 'why');
  carriesOut<{ readonly because?: string }>(dismiss, shell, async ({ api, output, options, words }, id) => {
    await mustBeProposed(api, id, words);
    const body = options.because === undefined ? {} : { because: options.because };
    const found = await api.send('DELETE', of(id), body, Type.Unknown());
    output.answer(found, said(words.proposal.dismissed(id), 'INFRA-2'));
  });
  const reopen = item
    .command('reopen')
    .argument('<proposal>', 'its id of `item propose --all`')
    .description('propose again what was dismissed');
  carriesOut(reopen, shell, async ({ api, output, words }, id) => {
    await mustBeProposed(api, id, words);
    const found = await api.send('POST', `${of(id)}/reopening`, {}, Type.Unknown());
    output.answer(found, said(words.proposal.reopened(id), 'INFRA-2'));
  });
}

/** A typing error is said with what to look at, before anything is asked for. */
async function mustBeProposed(api: Api, id: string, words: Words): Promise<void> {
  const all = await api.list(path, ItemProposalResource);
  if (!all.some((each) => each.id === id)) throw new NotFine(words.proposal.unknown(id));
}
