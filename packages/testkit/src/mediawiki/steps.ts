import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Something that is done to a wiki. */
export type WikiStep =
  | ['save', { readonly title: string; readonly text: string }]
  | ['remove', { readonly title: string }]
  | ['move', { readonly from: string; readonly to: string; readonly redirect: boolean }]
  /** Makes the user, if there is none, who is in these groups and no others. */
  | ['user', { readonly name: string; readonly groups: readonly string[] }]
  | ['block', { readonly name: string }]
  /** A bot password of the user for `name@app`. */
  | [
      'bot',
      {
        readonly name: string;
        readonly app: string;
        readonly password: string;
        /** Left out: to read, edit and make pages. */
        readonly grants?: readonly string[];
      },
    ]
  /** All sessions of the user are over. */
  | ['endSessions', { readonly name: string }];

const program = fileURLToPath(new URL('steps.php', import.meta.url));

/** Writes down what is to be done; gives the arguments for PHP that do it. */
export async function writeSteps(dir: string, steps: readonly WikiStep[]): Promise<string[]> {
  const file = join(dir, `steps-${randomUUID()}.json`);
  await writeFile(file, JSON.stringify(steps));
  return [program, file];
}
