import type { Feature } from '../feature.ts';
import { addDirectory } from './directory.ts';
import { init } from './init/part.ts';
import { addLogin } from './login.ts';
import { addLogout } from './logout.ts';
import { addPeople } from './people.ts';
import { addPreferences } from './preferences.ts';
import { addSessions } from './sessions.ts';
import { addWhoami } from './whoami.ts';

/** What membership adds to the command line: sessions, people and the directory. */
export const people: Feature = {
  commands: [addLogin, addLogout, addSessions, addWhoami, addPeople, addDirectory, addPreferences],
  examples: [
    'login --url https://huismeester.space',
    'whoami --lang nl',
    'people show jan',
    'directory accept',
    'preferences set --holiday 2026-12-20..2027-01-03',
    'init --ldap ldaps://10.0.0.4',
  ],
  check: async (settings) => (await import('./check/directory.ts')).checkDirectory(settings),
  init,
};
