import { AvailabilityResource, ProbeResource } from '@huismeester/contracts';
import type { Command } from 'commander';
import type { Shell } from '../shell.ts';
import { type Column, table } from '../table.ts';
import { civilTime } from '../time.ts';
import { latencyOf } from './figures.ts';
import { dayHead, dayLine, legend } from './half-hours.ts';
import { listed, stateStyles, whyOf } from './status.ts';
import { followOption, watching } from './watching.ts';

type Row = ProbeResource & { readonly availability?: AvailabilityResource };

function columns(now: Date): readonly Column<Row>[] {
  return [
    { head: 'probe', of: ({ id }) => id },
    {
      head: 'state',
      of: stateOf,
      style: ({ state, degraded }) => (degraded ? 'yellow' : stateStyles[state]),
    },
    { head: 'up', of: ({ availability }) => percent(availability?.day.availability_ratio) },
    { head: dayHead(now), of: ({ availability }) => availability && dayLine(availability.half_hours) },
    { head: 'answer', of: ({ latency_ms }) => latencyOf(latency_ms) },
    { head: 'since', of: ({ since }) => since && civilTime(since) },
    { head: 'kind', of: ({ kind }) => kind },
    { head: 'what is asked', of: (row) => [row.target, remarkOf(row)].filter(Boolean).join('; ') },
  ];
}

function stateOf({ state, degraded }: Row): string {
  return degraded === undefined || state !== 'up' ? state : 'degraded';
}

function remarkOf(row: Row): string {
  const { degraded, certificate } = row;
  const expiring = certificate?.stage && `its certificate ends ${civilTime(certificate.until)}`;
  return listed(whyOf(row), degraded, certificate?.fault, expiring);
}

/** Never rounded up to 100: what was down for a minute was not up all day. */
function percent(ratio: number | undefined): string | undefined {
  return ratio === undefined ? undefined : `${(Math.floor(ratio * 1e4) / 100).toFixed(2)} %`;
}

/** `probes`: the services that are probed, with their last 24 h. */
export function addProbes(program: Command, shell: Shell): void {
  program
    .command('probes')
    .description('list the services that are probed, the state of each, and its last 24 hours')
    .option(...followOption)
    .action(({ follow = false }: { follow?: boolean }, command: Command) =>
      watching(command, shell, {
        follow,
        changes: ({ subject }) => /^(probe|certificate|vantage)\//.test(subject),
        show: async ({ api, output }) => {
          const [probes, availability] = await Promise.all([
            api.list('/api/v1/probes', ProbeResource),
            api.list('/api/v1/availability', AvailabilityResource),
          ]);
          const byThing = new Map(availability.map((each) => [each.thing, each]));
          const rows = probes.map((probe): Row => {
            const figures = byThing.get(`probe/${probe.id}`);
            return figures ? { ...probe, availability: figures } : probe;
          });
          const lines = table(rows, columns(shell.now()), output, 'Settings name no probe.');
          output.answer(rows, ...lines, ...(rows.length > 0 ? ['', legend] : []));
        },
      }),
    );
}
