import { type TSchema, Type } from 'typebox';
import { Envelope } from '../event.ts';
import { eventOwners, events } from '../events/index.ts';
import { Pivot, pivots, Status, states } from '../states/index.ts';
import { type ServiceName, serviceNames } from '../topics.ts';

/** What stands for a part of a topic that differs from thing to thing. */
export interface Parameter {
  readonly name: string;
  readonly description: string;
  readonly example: string;
}

/** A topic, or as many as there are things, and what is sent there. */
export interface Channel {
  /** Unique; a dot after the service, the rest as the topic or the event's type has it. */
  readonly id: string;
  readonly kind: 'status' | 'state' | 'pivot' | 'event';
  readonly service: ServiceName;
  /** Below `<root>/v1`, with `{name}` for each parameter. */
  readonly topic: string;
  readonly parameters: readonly Parameter[];
  readonly title: string;
  readonly description: string;
  readonly retained: boolean;
  readonly qos: 0 | 1;
  readonly payload: TSchema;
}

const ups = { name: 'ups', description: 'Id of a UPS, as in the settings', example: 'rack' };
const vm = { name: 'vm', description: 'Id of a VM', example: '104' };
/** By the aggregate of an event or the kind of a state; a word that is no id stands for itself. */
const parameters: Readonly<Record<string, Parameter | string>> = {
  ups,
  outage: ups,
  vm,
  desired: vm,
  node: { name: 'node', description: '`<hypervisor>-<node>`, in lower case', example: 'pve-pve1' },
  hypervisor: {
    name: 'hypervisor',
    description: 'Id of a hypervisor, as in the settings',
    example: 'pve',
  },
  space: 'main',
};

const stateTitles: Readonly<Record<string, string>> = {
  service: 'How the events of the service flow, and what waits',
  ups: 'A UPS as it is now',
  vm: 'A VM as it is now',
  space: 'The whole space in one message: for lights and displays',
  desired: 'What is wanted of a VM',
};

/** Every topic that there is: nothing else is ever published. */
export function channels(): Channel[] {
  return serviceNames.flatMap((service) => [
    statusOf(service),
    ...statesOf(service),
    ...pivots[service].map((metric) => pivotOf(service, metric)),
    ...eventsOf(service),
  ]);
}

function statusOf(service: ServiceName): Channel {
  return {
    ...{ id: `${service}.status`, kind: 'status', service, topic: `${service}/status`, parameters: [] },
    title: `Whether ${service} is there`,
    description:
      'Every 5 s and on change. The broker itself says `online: 0` when the service is gone (last will); ignore one whose `session` is older than the newest that you saw.',
    ...{ retained: true, qos: 1, payload: Status },
  };
}

function statesOf(service: ServiceName): Channel[] {
  const kinds: Readonly<Record<string, TSchema>> = states[service];
  return Object.entries(kinds).map(([kind, payload]) => ({
    ...{ id: `${service}.state.${kind}`, kind: 'state' as const, service },
    ...placeOf(`${service}/state/${kind}`, kind === 'service' ? service : parameters[kind]),
    title: stateTitles[kind] ?? kind,
    description: 'On change and at least every 10 s. What is unknown is left out.',
    ...{ retained: true, qos: 0 as const, payload },
  }));
}

function pivotOf(service: ServiceName, metric: string): Channel {
  const name = metric.replaceAll('_', '-');
  return {
    ...{ id: `${service}.graf.${name}`, kind: 'pivot', service, topic: `${service}/graf/${name}` },
    ...{ parameters: [], title: `\`${metric}\` of every device` },
    description: 'One key per device that can be read now, for one panel with many lines.',
    ...{ retained: false, qos: 0, payload: Pivot },
  };
}

function eventsOf(service: ServiceName): Channel[] {
  return Object.entries(events).flatMap(([type, { audience, description, data }]) => {
    const [aggregate = '', what = ''] = type.split('.');
    if (audience !== 'public' || eventOwners[type] !== service) return [];
    const place = placeOf(`${service}/evt/${aggregate}`, parameters[aggregate]);
    const payload = Type.Object({ ...Envelope.properties, type: Type.Literal(type), data });
    return [
      {
        ...{ id: `${service}.${type}`, kind: 'event' as const, service, ...place },
        ...{ topic: `${place.topic}/${what}`, title: type, description: `${description}.` },
        ...{ retained: false, qos: 1 as const, payload },
      },
    ];
  });
}

function placeOf(
  topic: string,
  parameter: Parameter | string | undefined,
): Pick<Channel, 'topic' | 'parameters'> {
  if (parameter === undefined) throw new RangeError(`nobody knows what comes after ${topic} in a topic`);
  if (typeof parameter === 'string') return { topic: `${topic}/${parameter}`, parameters: [] };
  return { topic: `${topic}/{${parameter.name}}`, parameters: [parameter] };
}
