import { Console, VmOwner } from '@huismeester/contracts';
import type { Command } from 'commander';
import { type Language, languageOf, languageOption } from '../language.ts';
import { uidsById } from '../people/uids.ts';
import { printable } from '../printable.ts';
import { type Connected, connected, type Shell } from '../shell.ts';
import { type NamedVm, whichVm } from './which-vm.ts';
import { wordsIn } from './words.ts';
import type { Words } from './words-en.ts';

interface Options {
  readonly lang?: Language;
}

const ownerOf = ({ id }: NamedVm) => `/api/v1/vms/${encodeURIComponent(id)}/owner`;

/** `vm hand-over`, `accept`, `decline`, `withdraw`; `adopt` for the team; `owner` and `console`. */
export function addOwner(vm: Command, shell: Shell): void {
  addOffer(vm, shell, 'hand-over', 'offer your VM to somebody else, who accepts it', 'offered');
  addOffer(vm, shell, 'adopt', 'offer a VM that is unclaimed to a person, who accepts it', 'given');
  addAnswer(
    vm,
    shell,
    'accept',
    'take over a VM that is offered to you',
    async (found, { api, output }, { owner }) => {
      const taken = await api.send('POST', `${ownerOf(found)}/acceptance`, {}, VmOwner);
      output.answer(taken, printable(owner.accepted(found.name)));
    },
  );
  for (const [name, description, said] of [
    ['decline', 'decline a VM that is offered to you', 'declined'],
    ['withdraw', 'take an offer of your VM back', 'withdrawn'],
  ] as const) {
    addAnswer(vm, shell, name, description, async (found, { api, output }, { owner }) => {
      await api.delete(`${ownerOf(found)}/offer`);
      output.answer({ vm: found.id, offer: null }, printable(owner[said](found.name)));
    });
  }
  addAnswer(vm, shell, 'owner', 'show whose it is, and to whom it is offered', showOwner);
  addAnswer(
    vm,
    shell,
    'console',
    'print a link to its console in Proxmox',
    async ({ id }, { api, output }) => {
      const found = await api.get(`/api/v1/vms/${encodeURIComponent(id)}/console`, Console);
      output.answer(found, printable(found.url));
    },
  );
}

type Act = (vm: NamedVm, connected: Connected, words: Words) => Promise<void>;

function addAnswer(vm: Command, shell: Shell, name: string, description: string, act: Act): void {
  vm.command(name)
    .argument('<vm>', 'its id or its name')
    .description(description)
    .addOption(languageOption())
    .action((reference: string, { lang }: Options, command: Command) =>
      connected(command, shell, async (with_) =>
        act(await whichVm(with_.api, reference), with_, wordsIn[languageOf(lang, shell.env)]),
      ),
    );
}

function addOffer(
  vm: Command,
  shell: Shell,
  name: string,
  description: string,
  said: 'offered' | 'given',
): void {
  vm.command(name)
    .argument('<vm>', 'its id or its name')
    .argument('<person>', 'by login name, or by id')
    .description(description)
    .addOption(languageOption())
    .action((reference: string, uid: string, { lang }: Options, command: Command) =>
      connected(command, shell, async ({ api, output }) => {
        const words = wordsIn[languageOf(lang, shell.env)];
        const found = await whichVm(api, reference);
        // Who it is that has this login name is found out there: participants may not look people up.
        const person = uid.replace(/^person[:/]/, '');
        const offered = await api.send('POST', ownerOf(found), { person }, VmOwner);
        output.answer(offered, printable(words.owner[said](found.name, person)));
      }),
    );
}

async function showOwner({ id, name }: NamedVm, { api, output }: Connected, words: Words): Promise<void> {
  const found = await api.get(ownerOf({ id, name }), VmOwner);
  const uids = output.json ? new Map<string, string>() : await uidsById(api);
  const called = (person: string | undefined) =>
    person === undefined ? words.owner.nobody : (uids.get(person) ?? person);
  const { owner, offer } = found;
  const lines = [
    name,
    `  ${words.owner.whose(called(owner))}`,
    ...(offer === undefined ? [] : [`  ${words.owner.offeredTo} ${called(offer.to)}`]),
  ];
  output.answer(found, ...lines.map(printable));
}
