import { Type } from 'typebox';
import { closedObject, Pem, secret, Url } from './values.ts';

const Listen = closedObject(
  {
    host: Type.Optional(Type.String({ minLength: 1 })),
    port: Type.Optional(Type.Integer({ minimum: 0, maximum: 65535 })),
    socket: Type.Optional(Type.String({ minLength: 1 })),
  },
  'where the process that runs this service alone listens; what is left out is as under http',
);

/** Where another process answers. */
export const Peer = closedObject({
  url: Url('https?', 'where the service answers, without /api/v1'),
  secret: secret({
    minLength: 16,
    description: 'of 16 characters or more (openssl rand -hex 24), better from a file than written here',
  }),
  ca: Type.Optional(Pem),
  listen: Type.Optional(Listen),
});
