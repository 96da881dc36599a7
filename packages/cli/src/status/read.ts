import {
  Hold,
  isFine,
  Node,
  Part,
  Power,
  ServiceReport,
  serviceNames,
  Ups,
  Violation,
  Vm,
} from '@huismeester/contracts';
import { type Static, Type } from 'typebox';
import type { Api } from '../api.ts';
import { type Answer, answerOf } from '../served.ts';

const Ready = Type.Object({ ready: Type.Boolean(), parts: Type.Array(Part) });

/** All that `status` shows; what is not served by whom was asked, or away, says so in its place. */
export interface Status {
  readonly health: Answer<Static<typeof Ready>>;
  readonly services: readonly { readonly service: string; readonly report: Answer<ServiceReport> }[];
  readonly power: Answer<Power>;
  readonly ups: Answer<Ups[]>;
  readonly vms: Answer<Vm[]>;
  readonly nodes: Answer<Node[]>;
  readonly holds: Answer<Hold[]>;
  readonly violations: Answer<Violation[]>;
}

/** Asks for everything at once: a service that is away must not keep the others from being shown. */
export async function readStatus(api: Api): Promise<Status> {
  const reports = serviceNames.map(async (service) => ({
    service,
    report: await answerOf(api.get(`/api/v1/${service}/status`, ServiceReport)),
  }));
  const [health, power, ups, vms, nodes, holds, violations, services] = await Promise.all([
    answerOf(api.get('/health/ready', Ready, { alsoFine: [503] })),
    answerOf(api.get('/api/v1/power', Power)),
    answerOf(api.list('/api/v1/ups', Ups)),
    answerOf(api.list('/api/v1/vms', Vm)),
    answerOf(api.list('/api/v1/nodes', Node)),
    answerOf(api.list('/api/v1/holds', Hold)),
    answerOf(api.list('/api/v1/violations', Violation)),
    Promise.all(reports),
  ]);
  return { health, services, power, ups, vms, nodes, holds, violations };
}

/** The parts that are not ready, of all processes that answered, each once. */
export function notReady({ health, services }: Status): Part[] {
  const lists = [health, ...services.map(({ report }) => report)].map((answer) =>
    'value' in answer ? answer.value.parts : [],
  );
  // Each process has a database and a broker of its own: one that has them says nothing of the others.
  const missing = lists.flat().filter(({ ready }) => !ready);
  return [...new Map(missing.map((part) => [part.name, part])).values()];
}

/** Of whom the answer is, and whether of all: one process, asked without a reverse proxy, knows of itself alone. */
export function whoAnswers({ services }: Status): { names: string; all: boolean } {
  const elsewhere = services.filter(({ report }) => 'why' in report && report.why === 'elsewhere');
  if (elsewhere.length === 0 || elsewhere.length === services.length)
    return { names: 'Huismeester', all: true };
  const here = services.filter((each) => !elsewhere.includes(each));
  return { names: here.map(({ service }) => service).join(', '), all: false };
}

/** What must not be missing: the parts that are essential, and services that should answer. */
export function whatFails(status: Status): string[] {
  const away = status.services.filter(({ report }) => 'why' in report && report.why === 'away');
  return [
    ...notReady(status).flatMap((part) => (isFine(part) ? [] : [part.name])),
    ...away.map(({ service }) => service),
  ];
}
