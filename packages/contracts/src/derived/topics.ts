import type { StoredEvent } from '../every-service/envelope.ts';
import type { ServiceName } from './names.ts';
import { statesOf } from './states.ts';

const level = /^[a-z0-9-]+$/;

/** Every topic of the program, for one `broker.root`. Levels are `[a-z0-9-]+` only; anything else throws a RangeError. */
export function topics(root: string) {
  const of = (...levels: string[]): string => {
    const wrong = levels.find((each) => !level.test(each));
    if (wrong !== undefined) throw new RangeError(`topic level "${wrong}" is not of a-z, 0-9 and dashes`);
    return [...root.split('/'), 'v1', ...levels].join('/');
  };
  return {
    status: (service: ServiceName) => of(service, 'status'),
    /** Of a kind within another the first id is the other's: `port`, `sw1` and `gi1-0-3` are `switch/sw1/port/gi1-0-3`. */
    state: (service: ServiceName, kind: string, id: string, ...ids: string[]) => {
      const within = statesOf(service)[kind]?.within;
      return of(service, 'state', ...(within === undefined ? [kind, id] : [within, id, kind]), ...ids);
    },
    graf: (service: ServiceName, metric: string) => of(service, 'graf', metric.replaceAll('_', '-')),
    event: (service: ServiceName, { subject, type }: Pick<StoredEvent, 'subject' | 'type'>) => {
      const [aggregate = '', ...id] = subject.split('/');
      return of(service, 'evt', aggregate, ...id, type.slice(type.indexOf('.') + 1));
    },
    /** All that anybody may read. */
    everything: () => `${root}/v1/#`,
  };
}

export type Topics = ReturnType<typeof topics>;
