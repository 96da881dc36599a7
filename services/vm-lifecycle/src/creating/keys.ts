import { parseSshKeys } from '@huismeester/directory/ssh-key';
import { type Refusal, refuse } from '@huismeester/events';
import type { CreatingPorts } from './ports.ts';

const how =
  'send `keys`, or keep one in your preferences (`huismeester preferences set --ssh-key-file ~/.ssh/id_ed25519.pub`), or in the directory';

/**
 * The keys that a VM gets: those that were sent, else the person's own. Refused by line number before anything is made, since a VM that nobody can log in
 * to is of no use.
 */
export async function keysFor(
  ports: Pick<CreatingPorts, 'sshKeys'>,
  person: string,
  sent: readonly string[] | undefined,
): Promise<readonly string[] | Refusal> {
  const lines = sent ?? (await ports.sshKeys(person));
  if (lines === undefined) {
    return refuse('keys-unknown', 'Which SSH keys you have cannot be read now', {
      clause: 'PART-2',
      errors: [{ field: 'body.keys', found: 'nothing', allowed: 'your keys, or the same again later' }],
    });
  }
  const parsed = parseSshKeys(lines);
  const field = 'body.keys';
  if ('wrong' in parsed) {
    const errors = parsed.wrong.map(({ line, found, allowed }) => ({
      field,
      found: `line ${line}: ${found}`,
      allowed,
    }));
    return refuse('bad-keys', 'Not every line is a public key of OpenSSH', { clause: 'PART-2', errors });
  }
  if (parsed.keys.length > 0) return parsed.keys;
  const errors = [{ field, found: 'no SSH key', allowed: `one or more: ${how}` }];
  return refuse('no-keys', 'A VM takes an SSH key, since there is no password on it', {
    clause: 'PART-2',
    errors,
  });
}
