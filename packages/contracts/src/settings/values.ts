import { type TObject, type TProperties, type TStringOptions, Type } from 'typebox';

/** What several parts of the settings are made of. */
const closed = { additionalProperties: false } as const;

/** A mapping in which an unknown key is an error. */
export function closedObject<Fields extends TProperties>(
  fields: Fields,
  description?: string,
): TObject<Fields> {
  return Type.Object(fields, { ...closed, ...(description !== undefined && { description }) });
}

/** A mapping that may be left out, since each of its keys may; an unknown key is an error. */
export function section<Fields extends TProperties>(fields: Fields, description?: string): TObject<Fields> {
  return Type.Object(fields, {
    ...closed,
    default: {},
    ...(description !== undefined && { description }),
  });
}

export const Host = Type.String({ minLength: 1, description: 'a host name or an IP address' });
export const Url = (protocols: string, description: string) =>
  Type.String({ pattern: `^(${protocols})://`, description });
/** Text that is a secret, or that comes with one: only the service that uses it needs it (`writeOnly`). */
export const secret = (options: TStringOptions) => Type.String({ ...options, writeOnly: true });
export const Secret = secret({
  minLength: 1,
  description: 'better from the environment or a file than written here',
});
export const Pem = secret({
  pattern: '-----BEGIN CERTIFICATE-----',
  description: 'a certificate in PEM, or { file: … }',
});

/** Whether a part of a URL is percent-encoded as it must be; a % that begins no character makes `decodeURIComponent` throw. */
export function decodes(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}
