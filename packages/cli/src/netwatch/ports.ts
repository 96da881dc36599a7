import { PortResource, SwitchResource } from '@huismeester/contracts';
import type { Command } from 'commander';
import type { Style } from '../output.ts';
import { printable } from '../printable.ts';
import type { Shell } from '../shell.ts';
import { type Column, table } from '../table.ts';
import { civilTime } from '../time.ts';
import { rateOf } from './figures.ts';
import { stateStyles, whyOf } from './status.ts';
import { followOption, watching } from './watching.ts';

const columns: readonly Column<PortResource>[] = [
  { head: 'switch', of: (port) => port.switch },
  { head: 'port', of: ({ id }) => id },
  { head: 'state', of: stateOf, style: styleOf },
  { head: 'speed', of: ({ speed_bps }) => rateOf(speed_bps) },
  { head: 'in', of: ({ in_bps }) => rateOf(in_bps) },
  { head: 'out', of: ({ out_bps }) => rateOf(out_bps) },
  { head: 'role', of: ({ role }) => role },
  { head: 'since', of: ({ since }) => since && civilTime(since) },
  { head: 'name', of: ({ name }) => name },
  { head: 'what it is for', of: (port) => [port.alias, whyOf(port)].filter(Boolean).join('; ') },
];

/** A port that somebody turned off is no fault, and is called otherwise than one that lost its link. */
function stateOf({ state, admin_up }: PortResource): string {
  return admin_up === false && state !== 'unknown' ? 'turned off' : state;
}

function styleOf({ state, admin_up }: PortResource): Style {
  return admin_up === false ? 'dim' : stateStyles[state];
}

/** `ports`: the ports of all switches, or of one. */
export function addPorts(program: Command, shell: Shell): void {
  program
    .command('ports')
    .argument('[switch]', 'of one switch, by its id')
    .description('list the ports of the switches: link, speed and traffic')
    .option(...followOption)
    .action((id: string | undefined, { follow = false }: { follow?: boolean }, command: Command) => {
      const prefixes = id === undefined ? ['port/', 'switch/'] : [`port/${id}/`, `switch/${id}`];
      return watching(command, shell, {
        follow,
        changes: ({ subject }) =>
          prefixes.some((each) => (each.endsWith('/') ? subject.startsWith(each) : subject === each)),
        show: async ({ api, output }) => {
          // One that is not there is refused, with those that are.
          const one =
            id === undefined
              ? undefined
              : await api.get(`/api/v1/switches/${encodeURIComponent(id)}`, SwitchResource);
          const ports = await api.list('/api/v1/ports', PortResource, { switch: id });
          output.answer(
            ports,
            ...(one ? [headOf(one), ''] : []),
            ...table(ports, columns, output, 'No port was seen yet.'),
          );
        },
      });
    });
}

function headOf(one: SwitchResource): string {
  const { id, name, state, ports, ports_up } = one;
  const why = whyOf(one);
  const called = name === undefined || name === id ? '' : ` (${name})`;
  return printable(
    `Switch ${id}${called}: ${state}${why && ` (${why})`}, ${ports_up} of ${ports} ports have a link`,
  );
}
