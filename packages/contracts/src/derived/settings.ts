import { type Static, Type } from 'typebox';
import { services } from '../services.ts';
import { Broker } from '../settings/broker.ts';
import { Database } from '../settings/database.ts';
import { Http } from '../settings/http.ts';
import { Log } from '../settings/log.ts';
import { Peer } from '../settings/peer.ts';
import { Site } from '../settings/site.ts';
import { Testing } from '../settings/testing.ts';
import { closed } from '../settings/values.ts';
import { merged } from './merge.ts';
import { type ServiceName, serviceNames } from './names.ts';

const peers = Object.fromEntries(serviceNames.map((name) => [name, Type.Optional(Peer)])) as Record<
  ServiceName,
  Type.TOptional<typeof Peer>
>;

/** The whole of `space.yaml`. Every service checks all of it and uses its own parts (its `settings.ts` says which). */
export const SpaceSettings = Type.Object(
  {
    site: Site,
    http: Http,
    broker: Broker,
    database: Database,
    ...merged(Object.values(services).map(({ settings }) => settings)),
    log: Log,
    testing: Testing,
    services: Type.Object(peers, {
      ...closed,
      default: {},
      description:
        'distributed only: where each service answers, and the secret that services show each other',
    }),
  },
  closed,
);
export type SpaceSettings = Static<typeof SpaceSettings>;
