import { Type } from 'typebox';
import { Certificate } from './certificate.ts';
import { section, Url } from './values.ts';

export const Http = section({
  host: Type.String({ default: '127.0.0.1' }),
  port: Type.Integer({ minimum: 0, maximum: 65535, default: 8080, description: '0 takes any free one' }),
  tls: Type.Optional(Certificate('the address answers HTTPS alone, with this certificate')),
  publicUrl: Type.Optional(Url('https?', 'where people reach it')),
  trustedProxy: Type.Enum(['loopback', 'private'], {
    default: 'loopback',
    description:
      'whose X-Forwarded-For, X-Forwarded-Proto and X-Forwarded-Host say who asks, how, and by what address: a reverse proxy on this machine, or one with a private address too',
  }),
  acceptPlainPasswords: Type.Boolean({
    default: false,
    description:
      'whether a password may come over plain HTTP from another machine: everybody on the way can read it then',
  }),
  socket: Type.String({
    default: './var/huismeester.sock',
    description: 'the local way in, for whoever may write to this file: an administrator',
  }),
});
