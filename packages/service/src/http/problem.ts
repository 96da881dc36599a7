import type { Problem as ProblemBody } from '@huismeester/contracts';

/** What a route throws when it must refuse: becomes `application/problem+json` (RFC 9457). */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: number;
  /** Stable, for programs. */
  readonly code: string;
  readonly title: string;
  /** The clause of the infra policy that refused. */
  readonly clause: string | undefined;
  readonly errors: ProblemBody['errors'];

  constructor(
    status: number,
    code: string,
    title: string,
    more: { detail?: string; clause?: string; errors?: ProblemBody['errors']; cause?: unknown } = {},
  ) {
    super(more.detail ?? title, more.cause === undefined ? {} : { cause: more.cause });
    this.status = status;
    this.code = code;
    this.title = title;
    this.clause = more.clause;
    this.errors = more.errors;
  }

  /** The body, without the fields that are not known. */
  toBody(): ProblemBody {
    return {
      type: 'about:blank',
      title: this.title,
      status: this.status,
      code: this.code,
      ...(this.message === this.title ? {} : { detail: this.message }),
      ...(this.clause === undefined ? {} : { clause: this.clause }),
      ...(this.errors === undefined ? {} : { errors: this.errors }),
    };
  }
}

/** 404 for a thing that is not there: of every kind of thing the same code. */
export function notFound(title: string, detail?: string): Problem {
  return new Problem(404, 'not-found', title, detail === undefined ? {} : { detail });
}
