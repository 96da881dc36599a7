import type { LdapSettings } from '@huismeester/contracts';
import type { Directory } from '../directory.ts';
import { logIn } from './log-in.ts';
import { readAll } from './read.ts';
import { type Limits, withSession } from './session.ts';
import { instructions, write } from './write.ts';

/** People of an LDAP server. */
export function ldapDirectory(
  settings: LdapSettings,
  { limits, writes }: { limits: Limits; writes: 'off' | 'groups' },
): Directory {
  return {
    kind: 'ldap',
    async read(signal) {
      const { read } = await withSession(settings, limits, signal, (connection) =>
        readAll(connection, settings),
      );
      return read;
    },
    logIn: (login, password, signal) => logIn(settings, limits, { login, password }, signal),
    instructionsFor: (edit, signal) => instructions(settings, limits, edit, signal),
    ...(writes === 'groups' && { write: (edit, signal) => write(settings, limits, edit, signal) }),
  };
}
