import { Type } from 'typebox';
import { section, Url } from './values.ts';

export const Http = section({
  host: Type.String({ default: '127.0.0.1' }),
  port: Type.Integer({ minimum: 0, maximum: 65535, default: 8080, description: '0 takes any free one' }),
  publicUrl: Type.Optional(Url('https?', 'where people reach it')),
  trustedProxy: Type.Enum(['loopback', 'private'], {
    default: 'loopback',
    description:
      'whose X-Forwarded-For says who asks: a reverse proxy on this machine, or one with a private address too',
  }),
  socket: Type.String({
    default: './var/huismeester.sock',
    description: 'the local way in, for whoever may write to this file: an administrator',
  }),
});
