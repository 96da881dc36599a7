import { Type } from 'typebox';

/** What several parts of the settings are made of. */
export const closed = { additionalProperties: false } as const;
export const Host = Type.String({ minLength: 1, description: 'a host name or an IP address' });
export const Url = (protocols: string, description: string) =>
  Type.String({ pattern: `^(${protocols})://`, description });
export const Secret = Type.String({
  minLength: 1,
  description: 'better from the environment or a file than written here',
});
export const Pem = Type.String({
  pattern: '-----BEGIN CERTIFICATE-----',
  description: 'a certificate in PEM, or { file: … }',
});
