import { answerOf, continueOf, UsersAnswer } from './answer.ts';
import type { Session } from './session.ts';
import { type Admins, adminGroups, type WikiAdmin } from './state.ts';
import { WikiTrouble } from './trouble.ts';

/** 500 accounts a part: more administrators than any wiki has. */
const mostParts = 20;

const asked = {
  action: 'query',
  list: 'allusers',
  augroup: adminGroups.join('|'),
  auprop: 'groups|blockinfo',
  aulimit: 'max',
};

/** Who administers the wiki, whole or not at all. Rejects only when the signal aborts. */
export async function readAdmins(session: Session, signal: AbortSignal | undefined): Promise<Admins> {
  const accounts = new Map<string, WikiAdmin>();
  try {
    let more: Record<string, string> | undefined = {};
    for (let part = 0; more !== undefined; part += 1) {
      if (part === mostParts) throw new WikiTrouble('the answer of the wiki does not end');
      const body = await session.read({ ...asked, ...more }, signal);
      for (const { name, groups: all, blockid, blockpartial } of answerOf(UsersAnswer, body).query.allusers) {
        const groups = adminGroups.filter((group) => all.includes(group));
        // It did not ask for these groups only, so it may leave out others.
        if (groups.length === 0)
          throw new WikiTrouble('the wiki does not list the groups that were asked for');
        accounts.set(name, { name, groups, blocked: blockid !== undefined && blockpartial !== true });
      }
      more = continueOf(body);
    }
  } catch (error) {
    if (error instanceof WikiTrouble) return { state: 'unknown', why: error.why };
    throw error;
  }
  // A wiki without any would have nobody who could name one.
  if (accounts.size === 0) return { state: 'unknown', why: 'the wiki lists no administrator at all' };
  return { state: 'complete', accounts: [...accounts.values()] };
}
