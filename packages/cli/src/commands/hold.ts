import { Hold, PortResource, switchOfPort } from '@huismeester/contracts';
import type { Command } from 'commander';
import type { Api } from '../api.ts';
import { NotFine } from '../errors.ts';
import { printable } from '../printable.ts';
import { answerOf } from '../served.ts';
import { connected, type Shell } from '../shell.ts';
import type { Column } from '../table.ts';
import { civilTime } from '../time.ts';
import { listing } from './listing.ts';
import { findTarget } from './vm-reference.ts';

const columns: readonly Column<Hold>[] = [
  { head: 'what', of: ({ target }) => target },
  { head: 'since', of: ({ since }) => civilTime(since) },
  { head: 'until', of: ({ until }) => civilTime(until) },
  { head: 'by', of: ({ by }) => by },
  { head: 'because', of: ({ because }) => because },
  { head: 'id', of: ({ id }) => id },
];

/** `hold`, `release` and `holds`: what somebody works on is left alone, whatever the rules say, and its failures are planned (SPACE-3). */
export function addHold(program: Command, shell: Shell): void {
  addPlace(program, shell);
  addRelease(program, shell);
  program
    .command('holds')
    .description('list what is on hold, by whom and why')
    .action(listing(shell, { path: '/api/v1/holds', item: Hold, columns, nothing: 'Nothing is on hold.' }));
}

interface PlaceOptions {
  readonly for: string;
  readonly because: string;
}

function addPlace(program: Command, shell: Shell): void {
  program
    .command('hold')
    .argument(
      '<what>',
      'a VM by its id (120 or vm/120) or its name, or one of node/<id>, probe/<id>, switch/<id>, port/<switch>/<id>',
    )
    .description(
      'for maintenance: leave a VM or a node alone for a while, whatever the rules say; what fails of a probe, switch or port is planned',
    )
    .requiredOption('--for <length>', 'how long, such as 4h or 30m; at most 24h (1d)')
    .requiredOption('--because <why>', 'why; everybody can read it')
    .action((reference: string, options: PlaceOptions, command: Command) =>
      connected(command, shell, async ({ api, output }) => {
        if (reference.startsWith('hypervisor/')) {
          throw new NotFine(
            'a hypervisor itself cannot be held: hold each of its nodes, node/<id> (`huismeester nodes` lists them)',
          );
        }
        const { target } = await findTarget(api, reference);
        const warning = await warningOf(api, target);
        const body = { target, for: options.for, because: options.because };
        const hold = await api.send('POST', '/api/v1/holds', body, Hold);
        const until = civilTime(hold.until);
        const effect = isLookedAt(target)
          ? `${target} is on hold until ${until}: it is still looked at, and its incidents are planned`
          : `${target} is left alone until ${until}`;
        output.answer(hold, printable(`${effect}. \`release ${hold.id}\` ends it sooner.`));
        if (warning !== undefined) output.note(printable(warning));
      }),
    );
}

/** Whether netwatch goes on looking at it: a hold on it is about its incidents, and not about its power. */
function isLookedAt(target: string): boolean {
  return !/^(vm|node)\//.test(target);
}

/** Of a port that netwatch does not know, or that nobody can ask about now: policy does not know ports, and takes any of a switch. */
async function warningOf(api: Api, target: string): Promise<string | undefined> {
  const owner = switchOfPort(target);
  if (owner === undefined) return undefined;
  const id = owner.slice('switch/'.length);
  const answer = await answerOf(api.list('/api/v1/ports', PortResource, { switch: id }));
  if ('missing' in answer) return `whether there is a ${target} is not known: ports: ${answer.missing}`;
  if (answer.value.some((port) => `port/${port.switch}/${port.id}` === target)) return undefined;
  return `netwatch knows no ${target}: \`huismeester ports ${id}\` lists those of the switch`;
}

function addRelease(program: Command, shell: Shell): void {
  program
    .command('release')
    .argument('<hold>', 'its id, as `holds` shows it; or what is on hold, where that has one hold')
    .description(
      'end a hold: the rules decide about a VM or node again; what fails of anything else is no longer planned',
    )
    .action((reference: string, _: object, command: Command) =>
      connected(command, shell, async ({ api, output }) => {
        const { id, target } = await findHold(api, reference);
        await api.delete(`/api/v1/holds/${encodeURIComponent(id)}`);
        const effect = isLookedAt(target)
          ? 'its incidents are no longer planned'
          : 'the rules decide about it again';
        const said = printable(`The hold on ${target} is released: ${effect}.`);
        output.answer({ hold: id, target, released: true }, said);
      }),
    );
}

/** Finds a hold by its id, or by what it holds. Throws {@link NotFine} where there is none, or several. */
async function findHold(api: Api, reference: string): Promise<Hold> {
  const holds = await api.list('/api/v1/holds', Hold);
  const byId = holds.find(({ id }) => id === reference);
  if (byId) return byId;
  const { target } = await findTarget(api, reference);
  const [hold, ...others] = holds.filter((each) => each.target === target);
  if (!hold) throw new NotFine(`${target} is not on hold: \`huismeester holds\` lists what is`);
  if (others.length === 0) return hold;
  const ids = [hold, ...others].map(({ id }) => id).join(', ');
  throw new NotFine(`${target} has ${others.length + 1} holds: say which of ${ids}`);
}
