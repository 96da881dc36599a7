import { createHmac, timingSafeEqual } from 'node:crypto';
import { faults } from '@huismeester/contracts';
import type { Static, TObject } from 'typebox';

/** No payload of ours comes near it; more is not worth a hash. */
const longest = 2_000;

/**
 * What stands in the fragment of a link in a mail: who has it may do the one thing that the payload names, without logging in. JSON in base64url,
 * a dot, and its HMAC-SHA-256; `key` is `secrets.key` of the settings. It is readable: no name, address or secret goes in.
 */
export function signLink(key: string, payload: object): string {
  const text = Buffer.from(JSON.stringify(payload)).toString('base64url');
  return `${text}.${macOf(key, text).toString('base64url')}`;
}

/** The payload of a link that was signed with this key; undefined for everything else. Whether it has ended, or was used, is for the caller. */
export function verifyLink<Payload extends TObject>(
  key: string,
  schema: Payload,
  link: string,
): Static<Payload> | undefined {
  if (link.length > longest) return undefined;
  const [, text, mac] = /^([\w-]+)\.([\w-]{43})$/.exec(link) ?? [];
  if (text === undefined || mac === undefined) return undefined;
  const shown = Buffer.from(mac, 'base64url');
  const right = macOf(key, text);
  if (shown.length !== right.length || !timingSafeEqual(shown, right)) return undefined;
  const payload: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
  return faults(schema, payload).length === 0 ? (payload as Static<Payload>) : undefined;
}

/** The first line keeps it apart from the hashes of uids, which have the same key: a normal uid has no line break. */
function macOf(key: string, text: string): Buffer {
  return createHmac('sha256', key).update(`huismeester link 1\n${text}`).digest();
}
