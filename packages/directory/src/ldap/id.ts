import type { LdapSettings } from '@huismeester/contracts';
import { DirectoryError } from '../directory.ts';
import type { Entry } from './entry.ts';

type IdAttribute = LdapSettings['attributes']['id'];

/**
 * The id of an entry as a UUID in lower case, whatever its form: text (entryUUID, ipaUniqueID), text with dashes at other places
 * (nsUniqueId), or 16 bytes of which the first three parts are little-endian (objectGUID, MS-DTYP 2.3.4.2). Undefined where it has none;
 * throws a {@link DirectoryError} where it is none of these.
 */
export function idOf(entry: Entry, attribute: IdAttribute): string | undefined {
  const [bytes, another] = entry.bytes(attribute);
  if (!bytes) return undefined;
  const text = attribute === 'objectGUID' ? '' : bytes.toString().toLowerCase();
  if (!another && /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/.test(text)) return text;
  const digits = attribute === 'objectGUID' ? swapped(bytes).toString('hex') : text.replaceAll('-', '');
  if (another || !/^[0-9a-f]{32}$/.test(digits))
    throw new DirectoryError(
      'incomplete',
      `somebody's ${attribute} (directory.ldap.attributes.id) is no UUID`,
    );
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** From one order of the bytes to the other. */
function swapped(bytes: Buffer): Buffer {
  if (bytes.length !== 16) return Buffer.alloc(0);
  const turned = Buffer.from(bytes);
  turned.subarray(0, 4).reverse();
  turned.subarray(4, 6).reverse();
  turned.subarray(6, 8).reverse();
  return turned;
}
