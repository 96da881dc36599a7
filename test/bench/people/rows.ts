import type { Row } from '../row.ts';
import { startBigDirectory } from './big-directory.ts';
import { loginRow } from './login.ts';
import { startMembershipAway } from './membership-away.ts';
import { readRow } from './read.ts';
import { whoRow } from './who.ts';

/** What a directory of 5,000 people costs: reading it, logging in, and knowing who asks. Each program is a process of its own. */
export async function people(): Promise<Row[]> {
  const directory = await startBigDirectory(5_000, true);
  try {
    const membership = await startMembershipAway(directory.settings);
    try {
      const read = await readRow(directory.settings, membership, 9);
      const { row: login, sessions } = await loginRow(membership, directory, 200);
      return [read, login, await whoRow(membership, sessions, 10_000)];
    } finally {
      await membership.close();
    }
  } finally {
    await directory.close();
  }
}
