import type { DirectorySettings } from '@huismeester/contracts';
import type { Directory } from './directory.ts';
import { fileDirectory } from './file/directory.ts';
import { ldapDirectory } from './ldap/directory.ts';
import { type Limits, usualLimits } from './ldap/session.ts';

/** The directory that the settings name; nothing is connected before it is asked. `limits` are for tests. */
export function openDirectory(settings: DirectorySettings, limits: Limits = usualLimits): Directory {
  if ('file' in settings) return fileDirectory(settings.file);
  return ldapDirectory(settings.ldap, { limits, writes: settings.writes });
}
