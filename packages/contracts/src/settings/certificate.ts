import { closedObject, Pem, secret } from './values.ts';

/** What a server of ours shows to its clients. Files of it that change are read again while we run. */
export function Certificate(description: string) {
  const key = secret({
    pattern: '-----BEGIN [A-Z ]*PRIVATE KEY-----',
    description: 'its key in PEM, or { file: … }',
  });
  return closedObject({ cert: Pem, key }, description);
}
