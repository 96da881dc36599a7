import type { Static } from 'typebox';
import type { Language } from '../words.ts';

/** What is done to a directory that is a file, as packages/directory says it. */
const inFile = /^In (.+), (add|remove) (".*") (?:to|from) the list (groups\.\w+)$/;

const wording = {
  en: {
    add: (file: string, uid: string, list: string) => `In ${file}, add ${uid} to the list ${list}`,
    remove: (file: string, uid: string, list: string) => `In ${file}, remove ${uid} from the list ${list}`,
  },
  nl: {
    add: (file: string, uid: string, list: string) => `Zet ${uid} in ${file} bij de lijst ${list}`,
    remove: (file: string, uid: string, list: string) => `Haal ${uid} in ${file} weg uit de lijst ${list}`,
  },
} as const;

/** The lines of what somebody is to do, unescaped: commands as they are, a change of a file in the words of the language. */
export function commandLines(command: string, language: Static<typeof Language>): string[] {
  return command
    .trimEnd()
    .split('\n')
    .map((line) => {
      const [, file, change, uid, list] = inFile.exec(line) ?? [];
      if (file === undefined || uid === undefined || list === undefined) return line;
      return wording[language][change === 'add' ? 'add' : 'remove'](file, uid, list);
    });
}
