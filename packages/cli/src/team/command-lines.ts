import type { Words } from './words-en.ts';

/** What is done to a directory that is a file, as packages/directory says it. */
const inFile = /^In (.+), (add|remove) (".*") (?:to|from) the list (groups\.\w+)$/;

/** The lines of what somebody is to do, unescaped: commands as they are, a change of a file in the words of the language. */
export function commandLines(command: string, { team }: Pick<Words, 'team'>): string[] {
  return command
    .trimEnd()
    .split('\n')
    .map((line) => {
      const [, file, change, uid, list] = inFile.exec(line) ?? [];
      if (file === undefined || uid === undefined || list === undefined) return line;
      return change === 'add' ? team.addInFile(file, uid, list) : team.removeInFile(file, uid, list);
    });
}
