import { died } from './api-error.ts';

const line = /(?:^|\s)((?:ssh-|ecdsa-sha2-|sk-)[\w@.-]+) ([A-Za-z0-9+/]+={0,2})(?:\s|$)/;

/** Whether the second word of a key is what its first word says (RFC 4253, 6.6), as ssh-keygen looks at it. */
function isKey(text: string): boolean {
  const [, type = '', encoded = ''] = line.exec(text) ?? [];
  const blob = Buffer.from(encoded, 'base64');
  if (type === '' || blob.length < 4) return false;
  const length = blob.readUInt32BE(0);
  return blob.subarray(4, 4 + length).toString('latin1') === type && blob.length > 4 + length;
}

/** PVE::Tools::validate_ssh_public_keys: it does not say which line is wrong. */
export function validateSshKeys(text: string): void {
  for (const one of text.split('\n'))
    if (one.trim() !== '' && !isKey(one)) throw died('SSH public key validation error');
}
