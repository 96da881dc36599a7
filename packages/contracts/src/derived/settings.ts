import { type Static, type TSchema, Type } from 'typebox';
import type { Draft, Misfit } from '../define.ts';
import { Broker } from '../settings/broker.ts';
import { Database } from '../settings/database.ts';
import { Http } from '../settings/http.ts';
import { Log } from '../settings/log.ts';
import { Peer } from '../settings/peer.ts';
import { Site } from '../settings/site.ts';
import { Testing } from '../settings/testing.ts';
import { closedObject, section } from '../settings/values.ts';
import { type Path, propertyOf, type Shape } from '../shape.ts';
import { merged } from './merge.ts';
import { ofServices, type ServiceName, serviceNames, services } from './names.ts';

/** The whole of `space.yaml`. Every service checks all of it and uses its own parts (its `settings.ts` says which). */
export const SpaceSettings = closedObject({
  site: Site,
  http: Http,
  broker: Broker,
  database: Database,
  ...merged(serviceNames.map((name) => services[name].settings)),
  log: Log,
  testing: Testing,
  services: section(
    ofServices(() => Type.Optional(Peer)),
    'distributed only: where each service answers, and the secret that services show each other',
  ),
});
export type SpaceSettings = Static<typeof SpaceSettings>;

/** The service that uses what stands below a key of `space.yaml`; undefined for what several do. */
export function ownerOfSettings(key: string): ServiceName | undefined {
  return serviceNames.find((name) => Object.hasOwn(services[name].settings, key));
}

/** Whether the settings may have a secret at this path. */
export function isSecretSetting(path: Path): boolean {
  return shapesAt(path).some(({ writeOnly }) => writeOnly === true);
}

/** Whether the settings may have the path of a file at this path: the path itself is the value, not what is in the file. */
export function isFilePathSetting(path: Path): boolean {
  return shapesAt(path).some(({ format }) => format === 'file-path');
}

/** What the schema knows of a path: several where a union stands on the way. */
function shapesAt(path: Path): Shape[] {
  const allOf = (shape: Shape): Shape[] => shape.anyOf?.flatMap(allOf) ?? [shape];
  const below = (shape: Shape, key: string | number) =>
    (typeof key === 'number' ? shape.items : propertyOf(shape, key)) ?? {};
  const whole: TSchema = SpaceSettings;
  return path.reduce<Shape[]>((shapes, key) => shapes.flatMap((shape) => allOf(below(shape, key))), [whole]);
}

/** The settings with what follows from them; every reader of them is given these. */
export function completed(settings: SpaceSettings): SpaceSettings {
  const all = serviceNames.map((name) => services[name].complete?.(settings as never));
  return Object.assign({}, settings, ...all);
}

/** What does not fit together, by the services whose settings these are. */
export function misfits(settings: Draft<SpaceSettings>): Misfit[] {
  // Each declares the part that it looks at: more than that is no fault.
  return serviceNames.flatMap((name) => services[name].misfits?.(settings as never) ?? []);
}
