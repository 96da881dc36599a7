import { rename, writeFile } from 'node:fs/promises';
import { hashPassword } from '@huismeester/directory';

/** The directory of the space, as a file that tests write. */
export interface People {
  readonly file: string;
  /** uid and password are the same. */
  set(change: Change): Promise<void>;
}

interface Change {
  readonly groups?: Readonly<Record<string, readonly string[]>>;
  readonly disabled?: readonly string[];
  readonly gone?: readonly string[];
}

/** The last three are there to be gone. */
const uids = ['jan', 'piet', 'els', 'een', 'twee', 'drie'] as const;
export const idOf = (uid: (typeof uids)[number]) => `5f0c1d2e-7a3b-4c4d-9e5f-00000000000${uids.indexOf(uid)}`;
/** Nobody is of the team yet: root begins it. */
const atFirst = { participants: ['jan', 'piet', 'els'], team: [], trial: [], board: ['jan'] };

/** Writes it as it is at first. */
export async function startPeople(file: string): Promise<People> {
  const passwords = await Promise.all(uids.map((uid) => hashPassword(uid, { cost: 2 ** 4 })));
  const people: People = {
    file,
    async set({ groups = {}, disabled = [], gone = [] }) {
      const list = uids.map((uid, at) => ({
        id: idOf(uid),
        uid,
        name: `Name of ${uid}`,
        password: passwords[at],
        disabled: disabled.includes(uid),
      }));
      // Whole or not at all: it is read again and again.
      await writeFile(
        `${file}.new`,
        `${JSON.stringify({ people: list.filter(({ uid }) => !gone.includes(uid)), groups: { ...atFirst, ...groups } })}\n`,
      );
      await rename(`${file}.new`, file);
    },
  };
  await people.set({});
  return people;
}
