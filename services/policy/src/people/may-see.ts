import type { Role } from '@huismeester/service';

/** Who may read what is about any person; everybody else what is about themselves, and counts. */
export const readersOfPeople = [
  'administrator',
  'service',
  'infrateam',
  'trial',
  'board',
] as const satisfies readonly Role[];

/** Who asks: `request.who`. */
export interface Asker {
  readonly roles: readonly Role[];
  readonly person?: string;
}

/**
 * Whether somebody may read what policy says about a subject (`person/<id>`, `vm/104`, `directory/main`): what is about a person is for the team,
 * trial members included, the board, and that person. So is what is about an application to the team or an account with admin rights; its cause
 * names the person. Decisions need no such question: they are about VMs and nodes alone, and nothing in them says whose a VM is.
 */
export function maySee({ roles, person }: Asker, subject: string, cause = ''): boolean {
  const about = personOf(subject, cause);
  if (about === undefined || about === person) return true;
  return readersOfPeople.some((role) => roles.includes(role));
}

/** The id of the person that a subject is about, empty where nobody knows who that is; undefined for anything else. */
function personOf(subject: string, cause: string): string | undefined {
  if (/^(?:application|account)\//.test(subject)) return /(?:^| )person\/([^ ]+)$/.exec(cause)?.[1] ?? '';
  return /^(?:person|member)\/(.*)$/s.exec(subject)?.[1];
}
