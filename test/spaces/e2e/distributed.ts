import { join } from 'node:path';
import { type ServiceName, serviceFor, serviceNames } from '@huismeester/contracts';
import { freePort } from '@huismeester/testkit';
import { askLocally, type LocalApi } from './local-api.ts';
import { mainOf, type OneProgram, type Program, programOf } from './program.ts';

type Each<T> = Readonly<Record<ServiceName, T>>;

/** Where the process of a service answers. */
export interface Place {
  readonly url: string;
  readonly port: number;
  readonly socket: string;
  /** What the service shows to the others. */
  readonly secret: string;
}

/** The services of a space as processes of their own, over all of their lives; what is asked of it is asked of all. */
export interface Distributed extends Program {
  /** One of them. */
  readonly programs: Each<OneProgram>;
  /** What the process of one answers. */
  readonly apis: Each<LocalApi>;
  /** Each path is asked of the process that answers for it; see {@link routed}. */
  readonly api: LocalApi;
}

function each<T>(of: (name: ServiceName) => T): Each<T> {
  return Object.fromEntries(serviceNames.map((name) => [name, of(name)])) as Record<ServiceName, T>;
}

/** Finds a port and a socket in `dir` for each service. */
export async function placesIn(dir: string): Promise<Each<Place>> {
  const ports = await Promise.all(serviceNames.map(() => freePort()));
  return each((name) => {
    const port = ports[serviceNames.indexOf(name)] ?? 0;
    const socket = join(dir, `${name}.sock`);
    return { url: `http://127.0.0.1:${port}`, port, socket, secret: `the-secret-of-${name}-at-${port}` };
  });
}

/** `services` of a space.yaml, as JSON; another `url` than a place's own is that of something in between. */
export function servicesYaml(places: Each<Place>, urlOf = (name: ServiceName) => places[name].url): string {
  const services = each((name) => {
    const { port, socket, secret } = places[name];
    return { url: urlOf(name), secret, listen: { host: '127.0.0.1', port, socket } };
  });
  return JSON.stringify(services);
}

/** The services of these settings as processes, none started yet. */
export function distributedOf(settingsFile: string, places: Each<Place>): Distributed {
  const apis = each((name) => askLocally(places[name].socket));
  const programs = each((name) => programOf(settingsFile, apis[name], { name, main: mainOf(name) }));
  const all = Object.values(programs);
  return {
    programs,
    apis,
    api: routed(apis),
    start: async (options) => {
      await Promise.all(all.map((program) => program.start(options)));
    },
    kill: async () => {
      await Promise.all(all.map((program) => program.kill()));
    },
    end: async () => {
      await Promise.all(all.map((program) => program.end()));
    },
    output: () => all.map((program) => program.output()).join(''),
    get pids() {
      return all.flatMap(({ pids }) => pids);
    },
  };
}

/**
 * What a reverse proxy does. Of a path that every process answers itself, such as /metrics, `text` has the answers of all, and
 * `status` the worst; anything else about it is asked of the first.
 */
function routed(apis: Each<LocalApi>): LocalApi {
  const all = Object.values(apis);
  const of = (path: string) => apis[serviceFor(path) ?? serviceNames[0]];
  return {
    get: (path) => of(path).get(path),
    async text(path) {
      if (serviceFor(path)) return await of(path).text(path);
      return (await Promise.all(all.map((api) => api.text(path)))).join('\n');
    },
    async status(path) {
      if (serviceFor(path)) return await of(path).status(path);
      return Math.max(...(await Promise.all(all.map((api) => api.status(path)))));
    },
    put: (path, body) => of(path).put(path, body),
    post: (path, body) => of(path).post(path, body),
    delete: (path) => of(path).delete(path),
    isReady: async () => (await Promise.all(all.map((api) => api.isReady()))).every(Boolean),
    close: async () => {
      await Promise.all(all.map((api) => api.close()));
    },
  };
}
