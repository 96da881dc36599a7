import type { Problem } from '@huismeester/contracts';

/** What the command answers to whoever started it; `--help` says the same. */
export const exitCodes = { ok: 0, refused: 1, unreachable: 2, usage: 64 } as const;

/** A failure that the person at the keyboard can do something about: its message is all that is shown. */
export abstract class CommandError extends Error {
  abstract readonly code: string;
  abstract readonly exitCode: number;
}

/** The command line, or the environment behind it, makes no sense. */
export class UsageError extends CommandError {
  override readonly name = 'UsageError';
  readonly code = 'usage';
  readonly exitCode = exitCodes.usage;
}

/** No Huismeester answered. */
export class CannotReach extends CommandError {
  override readonly name = 'CannotReach';
  readonly code = 'cannot-reach';
  readonly exitCode = exitCodes.unreachable;
}

/** Something answered, but not what a Huismeester of this version answers. */
export class UnexpectedAnswer extends CommandError {
  override readonly name = 'UnexpectedAnswer';
  readonly code = 'unexpected-answer';
  readonly exitCode = exitCodes.refused;
}

/** The command did its work, and what it found is not fine. */
export class NotFine extends CommandError {
  override readonly name = 'NotFine';
  readonly code = 'not-fine';
  readonly exitCode = exitCodes.refused;
}

/** The session of `login` has ended. */
export class SessionOver extends CommandError {
  override readonly name = 'SessionOver';
  readonly code = 'session-over';
  readonly exitCode = exitCodes.refused;
}

/** Huismeester refused, with a problem of RFC 9457. */
export class Refused extends CommandError {
  override readonly name = 'Refused';
  readonly exitCode = exitCodes.refused;
  readonly code: string;
  readonly problem: Problem;
  /** How long to wait before it is asked again, in seconds; undefined where it did not say. */
  readonly retryAfter: number | undefined;

  constructor(problem: Problem, retryAfter?: number) {
    super([problem.title, ...details(problem)].join('\n'));
    this.code = problem.code;
    this.problem = problem;
    this.retryAfter = retryAfter;
  }
}

function details({ detail, clause, errors = [] }: Problem): string[] {
  return [
    ...(detail === undefined ? [] : [`  ${detail}`]),
    ...(clause === undefined ? [] : [`  clause: ${clause}`]),
    // Which part of the request a field stands in means nothing to who typed a command.
    ...errors.map(
      ({ field, found, allowed }) =>
        `  ${field.replace(/^(body|query|params|headers)\./, '')}: ${found === undefined ? '' : `found ${found}; `}allowed: ${allowed}`,
    ),
  ];
}
