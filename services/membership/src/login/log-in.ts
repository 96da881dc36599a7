import { type Directory, DirectoryError, type DirectoryPerson, normalUid } from '@huismeester/directory';
import { Problem, type Service } from '@huismeester/service';
import { and, eq, isNull } from 'drizzle-orm';
import type { Attempt, LoginLimits } from '../core/login-limits.ts';
import type { Looks } from '../people/looks.ts';
import type { Memory } from '../people/memory.ts';
import { person } from '../schema.ts';
import type { Gate } from './gate.ts';

/** No directory that works takes so long to say whether a password is right. */
const deadlineMs = 10_000;

interface Deps extends Pick<Service<never>, 'database' | 'logger'> {
  readonly directory: Directory;
  readonly memory: Memory;
  readonly looks: Looks;
  readonly limits: LoginLimits;
  readonly gate: Gate;
}

/**
 * The id of the person with this login and password, asked of the directory itself. Throws a Problem: 401 `wrong-login`, the same for whatever
 * is wrong; 429 `too-many-logins`, without asking; 503 `directory-unknown` where it cannot be asked.
 */
export async function logIn(deps: Deps, login: string, password: string, address: string): Promise<string> {
  const { memory, limits, gate } = deps;
  const attempt: Attempt = { login: normalUid(login), person: memory.personOf(login), address };
  const wait = limits.begin(attempt);
  if (wait === 'locked') throw wrongLogin();
  if (wait > 0) throw tooMany(wait);
  let found: DirectoryPerson | undefined;
  try {
    found = await gate.pass(() => ask(deps, login, password));
  } catch (error) {
    limits.takeBack(attempt);
    throw error;
  }
  if (found === undefined) throw wrongLogin();
  limits.good(attempt);
  return (await knownAs(deps, found)) ?? (await notRead(deps, found));
}

function wrongLogin(): Problem {
  const detail = 'Or the account is locked, disabled or not there: which of these it is, is not said';
  return new Problem(401, 'wrong-login', 'Login or password is not right', { detail });
}

async function ask(
  { directory, logger }: Deps,
  login: string,
  password: string,
): Promise<DirectoryPerson | undefined> {
  try {
    return await directory.logIn(login.trim(), password, AbortSignal.timeout(deadlineMs));
  } catch (cause) {
    // What exactly is for the team: who asks is nobody yet.
    const reason = cause instanceof DirectoryError ? cause.reason : 'no-answer';
    logger.warn({ reason }, 'somebody could not log in: the directory cannot be asked');
    throw unknownDirectory(
      'The directory cannot be asked now; the team sees why with `huismeester directory`',
    );
  }
}

async function knownAs({ database }: Deps, { id }: DirectoryPerson): Promise<string | undefined> {
  const [row] = await database.orm
    .select({ id: person.id })
    .from(person)
    .where(and(eq(person.directoryId, id), isNull(person.goneAt), eq(person.enabled, true)));
  return row?.id;
}

/** The row of a person who is in the directory, and may log in. */
export const isThere = (id: string) =>
  and(eq(person.id, id), isNull(person.goneAt), eq(person.enabled, true));

/** Somebody who is new since the last look. */
async function notRead(deps: Deps, found: DirectoryPerson): Promise<string> {
  await deps.looks.now();
  const id = await knownAs(deps, found);
  if (id !== undefined) return id;
  throw unknownDirectory(
    'You are not among the people that were last read whole from the directory; the team can see why',
  );
}

export function unknownDirectory(detail: string, cause?: unknown): Problem {
  return new Problem(503, 'directory-unknown', 'Nobody can log in right now', { detail, cause });
}

/** Throws the Problem (429) of an address, or of all, that may not try now: before anybody reads what was sent. */
export function refuseEarly({ limits, gate }: Pick<Deps, 'limits' | 'gate'>, address: string): void {
  const waitMs = limits.addressWaitMs(address);
  if (waitMs > 0) throw tooMany(waitMs);
  gate.refuseIfFull();
}

function tooMany(waitMs: number): Problem {
  const retryAfterS = Math.ceil(waitMs / 1_000);
  const detail = `Too many wrong logins; wait ${retryAfterS} s`;
  return new Problem(429, 'too-many-logins', 'Too many wrong logins', { detail, retryAfterS });
}
