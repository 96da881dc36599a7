/** Longer ones are nobody's; slapd cuts the connection of somebody who is not logged in after 256 KiB. */
const mostBytes = 4096;

/**
 * Whether a text can be a login name or a password. An empty password is a login as nobody, which succeeds (RFC 4513, 5.1.2), and so may
 * be one that begins with NUL, where a server takes that for its end. Half a surrogate pair would become another character.
 */
export function isUsable(text: string): boolean {
  return text !== '' && !text.includes('\0') && text.isWellFormed() && Buffer.byteLength(text) <= mostBytes;
}
