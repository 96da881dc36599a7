import { type TSchema, Type } from 'typebox';
import type { Place, ServiceContract } from '../define.ts';
import { Envelope } from '../every-service/envelope.ts';
import { Pivot, Status } from '../every-service/state.ts';
import { type ServiceName, serviceNames, services } from './names.ts';
import { pivots, statesOf } from './states.ts';

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

/** Every topic that there is: nothing else is ever published. */
export function channels(): Channel[] {
  return serviceNames.flatMap((service) => [
    statusOf(service),
    ...stateChannels(service),
    ...pivots[service].map((metric) => pivotOf(service, metric)),
    ...eventsOf(service),
  ]);
}

function statusOf(service: ServiceName): Channel {
  return {
    id: `${service}.status`,
    kind: 'status',
    service,
    topic: `${service}/status`,
    parameters: [],
    title: `Whether ${service} is there`,
    description:
      'Every 5 s and on change. The broker itself says `online: 0` when the service is gone (last will); ignore one whose `session` is older than the newest that you saw.',
    retained: true,
    qos: 1,
    payload: Status,
  };
}

function stateChannels(service: ServiceName): Channel[] {
  return Object.entries(statesOf(service)).map(([kind, { title, place, payload, within }]) => ({
    id: `${service}.state.${kind}`,
    kind: 'state',
    service,
    ...placeOf(`${service}/state`, within === undefined ? [kind] : [within, kind], place),
    title,
    description: 'On change and at least every 10 s. What is unknown is left out.',
    retained: true,
    qos: 0,
    payload,
  }));
}

function pivotOf(service: ServiceName, metric: string): Channel {
  const name = metric.replaceAll('_', '-');
  return {
    id: `${service}.graf.${name}`,
    kind: 'pivot',
    service,
    topic: `${service}/graf/${name}`,
    parameters: [],
    title: `\`${metric}\` of every device`,
    description: 'One key per device that can be read now, for one panel with many lines.',
    retained: false,
    qos: 0,
    payload: Pivot,
  };
}

function eventsOf(service: ServiceName): Channel[] {
  const { events, aggregates }: ServiceContract = services[service];
  return Object.entries(events).flatMap(([type, { audience, description, data }]): Channel[] => {
    if (audience !== 'public') return [];
    const [aggregate = '', what = ''] = type.split('.');
    const place = placeOf(`${service}/evt`, [aggregate], aggregates[aggregate]);
    return [
      {
        id: `${service}.${type}`,
        kind: 'event',
        service,
        ...place,
        topic: `${place.topic}/${what}`,
        title: type,
        description: `${description}.`,
        retained: false,
        qos: 1,
        payload: Type.Object({ ...Envelope.properties, type: Type.Literal(type), data }),
      },
    ];
  });
}

/** The ids stand after the words: of several words one after each, and what is left of them after the last. */
function placeOf(
  topic: string,
  words: readonly string[],
  place: Place | undefined,
): Pick<Channel, 'topic' | 'parameters'> {
  if (place === undefined) {
    throw new RangeError(
      `what comes after ${topic}/${words.join('/')} in a topic is not among the aggregates`,
    );
  }
  if (typeof place === 'string') return { topic: [topic, ...words, place].join('/'), parameters: [] };
  const parameters = Object.entries(place).map(([name, schema]) => {
    const { description = '', examples = [] }: { description?: string; examples?: readonly unknown[] } =
      schema;
    return { name, description, example: String(examples[0] ?? name) };
  });
  const ids = parameters.map(({ name }) => `{${name}}`);
  const levels = words.flatMap((word, at) => (at < words.length - 1 ? [word, ids.shift() ?? ''] : [word]));
  return { topic: [topic, ...levels, ...ids].join('/'), parameters };
}
