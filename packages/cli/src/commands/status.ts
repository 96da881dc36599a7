import { Hold, Power, Ups, Violation, Vm } from '@huismeester/contracts';
import type { Command } from 'commander';
import { type Static, Type } from 'typebox';
import { NotFine } from '../errors.ts';
import type { Output } from '../output.ts';
import { printable } from '../printable.ts';
import { connected, type Shell } from '../shell.ts';
import { type Column, table } from '../table.ts';
import { civilTime, lengthOf } from '../time.ts';
import { severityStyles } from './violations.ts';

const Part = Type.Object({
  name: Type.String(),
  ready: Type.Boolean(),
  essential: Type.Optional(Type.Boolean({ description: 'false: the rest works without it' })),
  detail: Type.Optional(Type.String()),
});
const Ready = Type.Object({ ready: Type.Boolean(), parts: Type.Array(Part) });

interface Status {
  readonly health: Static<typeof Ready>;
  readonly power: Power;
  readonly ups: readonly Ups[];
  readonly vms: readonly Vm[];
  readonly holds: readonly Hold[];
  readonly violations: readonly Violation[];
}

/** `status`: how things stand; fails when a part is not ready, not because of a power cut, which is no fault of ours. */
export function addStatus(program: Command, shell: Shell): void {
  program
    .command('status')
    .description('show how things stand; exit code 1 when a part of Huismeester is not ready')
    .action((_: object, command: Command) =>
      connected(command, shell, async ({ api, output }) => {
        const [health, power, ups, vms, holds, violations] = await Promise.all([
          api.get('/health/ready', Ready, { alsoFine: [503] }),
          api.get('/api/v1/power', Power),
          api.list('/api/v1/ups', Ups),
          api.list('/api/v1/vms', Vm),
          api.list('/api/v1/holds', Hold),
          api.list('/api/v1/violations', Violation),
        ]);
        if (output.json) output.value({ health, power, ups, vms: counts(vms), holds, violations });
        else output.print(...describe({ health, power, ups, vms, holds, violations }, output));
        const missing = health.parts.filter(({ ready, essential }) => !ready && essential !== false);
        if (!health.ready)
          throw new NotFine(`not ready: ${missing.map(({ name }) => printable(name)).join(', ')}`);
      }),
    );
}

const upsColumns: readonly Column<Ups>[] = [
  { head: 'UPS', of: ({ id }) => id },
  {
    head: 'mains',
    of: ({ mains }) => mains,
    style: ({ mains }) => (mains === 'on-mains' ? 'green' : 'red'),
  },
  {
    head: 'contact',
    of: ({ contact }) => contact,
    style: ({ contact }) => (contact === 'ok' ? 'green' : 'yellow'),
  },
  { head: 'charge', of: ({ charge_pct }) => (charge_pct === undefined ? undefined : `${charge_pct} %`) },
  { head: 'runtime', of: ({ runtime_s }) => (runtime_s === undefined ? undefined : lengthOf(runtime_s)) },
  { head: 'load', of: ({ load_pct }) => (load_pct === undefined ? undefined : `${load_pct} %`) },
  { head: 'status', of: ({ status }) => status.join(' ') },
];

interface Count {
  readonly class: Vm['class'];
  readonly running: number;
  readonly stopped: number;
  readonly unknown: number;
}

const countColumns: readonly Column<Count>[] = [
  { head: 'VMs', of: (count) => count.class },
  { head: 'running', of: ({ running }) => running },
  { head: 'stopped', of: ({ stopped }) => stopped },
  { head: 'unknown', of: ({ unknown }) => unknown },
];

function counts(vms: readonly Vm[]): Count[] {
  return (['core', 'space-wide', 'participant'] as const).map((each) => {
    const of = (status: Vm['status']) => vms.filter((vm) => vm.class === each && vm.status === status).length;
    return { class: each, running: of('running'), stopped: of('stopped'), unknown: of('unknown') };
  });
}

function describe({ health, power, ups, vms, holds, violations }: Status, output: Output): string[] {
  return [
    `Huismeester  ${health.ready ? output.paint('green', 'ready') : output.paint('red', 'not ready')}`,
    ...health.parts
      .filter(({ ready }) => !ready)
      .map(({ name, detail }) => `  ${printable(detail === undefined ? name : `${name}: ${detail}`)}`),
    `Power        ${power.stage === 'mains' ? output.paint('green', 'mains') : output.paint('red', power.stage)}`,
    ...power.outages.map(outage),
    `On hold      ${holds.length === 0 ? 'none' : `${holds.length}: \`huismeester holds\` says which`}`,
    `Violations   ${violations.length === 0 ? 'none' : violations.length}`,
    ...violations.map((each) => violation(each, output)),
    '',
    ...table(ups, upsColumns, output, 'Settings name no UPS.'),
    '',
    ...table(counts(vms), countColumns, output, ''),
  ];
}

function outage({ ups, stage, because, since, next }: Power['outages'][number]): string {
  const then = next === undefined ? '' : `; ${next.stage} at ${civilTime(next.at)}`;
  return `  ${printable(`${ups}: ${stage}, power cut since ${civilTime(since)}: ${because}${then}`)}`;
}

function violation({ severity, about, clause, reason }: Violation, { paint }: Output): string {
  return `  ${paint(severityStyles[severity], severity)}: ${printable(`${about} (${clause}): ${reason}`)}`;
}
