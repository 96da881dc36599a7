import type { ValueEdit } from './edit.ts';

/**
 * The command that makes these edits, for a shell: `ldapmodify` of OpenLDAP asks for the password of whoever LDAP_ADMIN names, and reads
 * LDIF (RFC 2849) that the shell does not touch.
 */
export function modifyCommand(
  edits: readonly ValueEdit[],
  { url, startTls }: { url: string; startTls: boolean },
): string {
  const records = edits.map(
    ({ dn, change, attribute, value }) =>
      `${line('dn', dn)}\nchangetype: modify\n${change}: ${attribute}\n${line(attribute, value)}\n`,
  );
  return `ldapmodify -x ${startTls ? '-ZZ ' : ''}-H ${quoted(url)} -D "$LDAP_ADMIN" -W <<'LDIF'\n${records.join('\n')}LDIF\n`;
}

/** In base64 where LDIF needs it, and where a terminal could take a character for a command. */
function line(name: string, value: string): string {
  const isSafe = /^[\x20-\x7e]*$/.test(value) && !/^[ :<]| $/.test(value);
  return isSafe ? `${name}: ${value}` : `${name}:: ${Buffer.from(value).toString('base64')}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
