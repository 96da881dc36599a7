import type { Node, Power, Ups, Violation, Vm } from '@huismeester/contracts';
import type { Command } from 'commander';
import { NotFine } from '../errors.ts';
import type { Output } from '../output.ts';
import { printable } from '../printable.ts';
import type { Answer } from '../served.ts';
import { connected, type Shell } from '../shell.ts';
import { notReady, readStatus, type Status, whatFails, whoAnswers } from '../status/read.ts';
import { servicesTable } from '../status/services.ts';
import { type Column, table } from '../table.ts';
import { civilTime, lengthOf } from '../time.ts';
import { named, severityStyles } from './violations.ts';

/**
 * `status`: how things stand, and each service; fails when a part is not ready, or a service away, and not because of a
 * power cut, which is no fault of ours.
 */
export function addStatus(program: Command, shell: Shell): void {
  program
    .command('status')
    .description(
      'show how things stand, and each service; exit code 1 when a part of Huismeester is not ready',
    )
    .action((_: object, command: Command) =>
      connected(command, shell, async ({ api, output }) => {
        const status = await readStatus(api);
        const { violations } = status;
        const shown =
          'value' in violations && !output.json
            ? { ...status, violations: { value: await named(api, violations.value) } }
            : status;
        output.answer(asJson(status), ...describe(shown, output));
        const failing = whatFails(status);
        if (failing.length > 0) throw new NotFine(`not ready: ${failing.map(printable).join(', ')}`);
      }),
    );
}

/** What is missing stands under its name in `missing`, with the reason. */
function asJson({ services, vms, ...rest }: Status): object {
  const counted = 'value' in vms ? { value: counts(vms.value) } : vms;
  const ofServices = services.map(({ service, report }) => [service, report] as const);
  const split = (answers: readonly (readonly [string, Answer<unknown>])[]) => {
    const present = answers.flatMap(([name, answer]) => ('value' in answer ? [[name, answer.value]] : []));
    const missing = answers.flatMap(([name, answer]) =>
      'missing' in answer ? [[name, answer.missing]] : [],
    );
    return [Object.fromEntries(present), Object.fromEntries(missing)];
  };
  const [present, missing] = split([...Object.entries(rest), ['vms', counted]]);
  const [reports, absent] = split(ofServices);
  return { ...present, services: reports, missing: { ...missing, ...absent } };
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

function describe(status: Status, output: Output): string[] {
  const { ups, vms, nodes, holds, violations } = status;
  const ready = whatFails(status).length === 0;
  const { names, all } = whoAnswers(status);
  return [
    `${names.padEnd(12)} ${ready ? output.paint('green', 'ready') : output.paint('red', 'not ready')}${all ? '' : ' (the others were not asked)'}`,
    ...notReady(status).map(
      ({ name, detail }) => `  ${printable(detail === undefined ? name : `${name}: ${detail}`)}`,
    ),
    ...powerLines(status, output),
    ...('value' in nodes ? nodesOff(nodes.value) : []),
    `On hold      ${valueOrWhy(holds, (list) => (list.length === 0 ? 'none' : `${list.length}: \`huismeester holds\` says which`))}`,
    `Violations   ${valueOrWhy(violations, (list) => (list.length === 0 ? 'none' : `${list.length}`))}`,
    ...('value' in violations ? violations.value.map((each) => violation(each, output)) : []),
    '',
    ...('value' in ups
      ? table(ups.value, upsColumns, output, 'Settings name no UPS.')
      : [`UPS          ${ups.missing}`]),
    '',
    ...('value' in vms
      ? table(counts(vms.value), countColumns, output, '')
      : [`VMs          ${vms.missing}`]),
    '',
    ...servicesTable(status, output),
  ];
}

/** The nodes that are off and of which something is wanted: Huismeester shut them down. */
export function nodesOff(nodes: readonly Node[]): string[] {
  const off = nodes.filter(({ online, desired }) => !online && (desired ?? 'hands-off') !== 'hands-off');
  return off.map(({ id, desired, act }) => {
    const doing = act === undefined ? '' : `; ${act}`;
    return `Node off     ${printable(`${id}, shut down by Huismeester, wanted ${desired}${doing}`)}`;
  });
}

function valueOrWhy<T>(answer: Answer<T>, words: (value: T) => string): string {
  return 'value' in answer ? words(answer.value) : answer.missing;
}

function powerLines({ power }: Status, { paint }: Output): string[] {
  if ('missing' in power) return [`Power        ${power.missing}`];
  const { stage, outages } = power.value;
  return [
    `Power        ${paint(stage === 'mains' ? 'green' : stage === 'unknown' ? 'yellow' : 'red', stage)}`,
    ...outages.map(outage),
  ];
}

function outage({ ups, stage, because, since, next }: Power['outages'][number]): string {
  const then = next === undefined ? '' : `; ${next.stage} at ${civilTime(next.at)}`;
  return `  ${printable(`${ups}: ${stage}, power cut since ${civilTime(since)}: ${because}${then}`)}`;
}

function violation({ severity, about, clause, reason }: Violation, { paint }: Output): string {
  return `  ${paint(severityStyles[severity], severity)}: ${printable(`${about} (${clause}): ${reason}`)}`;
}
