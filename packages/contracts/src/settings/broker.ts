import { Type } from 'typebox';
import { ofServices } from '../derived/names.ts';
import { Id } from '../words.ts';
import { Certificate } from './certificate.ts';
import { durationOr } from './duration.ts';
import { closedObject, Pem, Secret, section, Url } from './values.ts';

const Reader = closedObject({ username: Id, password: Secret });

const EmbeddedBroker = closedObject({
  host: Type.String({ default: '127.0.0.1' }),
  port: Type.Integer({ minimum: 0, maximum: 65535, default: 1883, description: '0 takes any free one' }),
  anonymousRead: Type.Boolean({
    default: false,
    description: 'whether everybody may read without a password',
  }),
  tls: Type.Optional(Certificate('clients come with TLS, with this certificate')),
  readers: Type.Array(Reader, { default: [], description: 'who may read: Grafana, a light' }),
});

const Root = Type.String({
  pattern: '^[a-z0-9-]+(/[a-z0-9-]+)*$',
  default: 'space',
  description: 'the first topic level(s)',
});

const Login = closedObject({ username: Type.String({ minLength: 1 }), password: Secret });

/** One server, or all servers of a cluster: when one is lost, the next is tried. */
const servers = (protocols: string, description: string) =>
  Type.Union([Url(protocols, description), Type.Array(Url(protocols, description), { minItems: 1 })]);

const JetStream = closedObject(
  {
    url: servers(
      'nats|tls',
      'the same NATS by its own protocol, such as tls://broker.space:4222; a list for a cluster',
    ),
    username: Type.Optional(Type.String({ minLength: 1 })),
    password: Type.Optional(Secret),
    ca: Type.Optional(Pem),
    replicas: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 5,
        description: 'how many servers keep a copy; left out: 3 of a cluster, 1 of a single server',
      }),
    ),
    maxAge: durationOr('9600h', 'how long an event is kept'),
  },
  'a stream that keeps public events, for others to replay',
);

export const Broker = Type.Union([
  closedObject({ embedded: EmbeddedBroker, root: Root }),
  closedObject({
    url: servers('mqtts?', 'the broker, such as mqtts://broker.space:8883; a list for a cluster'),
    username: Type.Optional(Type.String()),
    password: Type.Optional(Secret),
    credentials: section(
      ofServices(() => Type.Optional(Login)),
      'a login for each service, by its name; one without has username and password',
    ),
    ca: Type.Optional(Pem),
    jetstream: Type.Optional(JetStream),
    root: Root,
  }),
]);
