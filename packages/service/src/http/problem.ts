import type { Problem as ProblemBody } from '@huismeester/contracts';
import type { FastifyRequest } from 'fastify';

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
  /** Of 429 and 503: after how many seconds it may be tried again. */
  readonly retryAfterS: number | undefined;

  constructor(
    status: number,
    code: string,
    title: string,
    more: {
      detail?: string;
      clause?: string;
      errors?: ProblemBody['errors'];
      cause?: unknown;
      retryAfterS?: number;
    } = {},
  ) {
    // What is refused because there is too much of it is not worth a stack trace, which takes as long as the rest of the answer.
    const { stackTraceLimit } = Error;
    if (status === 429) Error.stackTraceLimit = 0;
    super(more.detail ?? title, more.cause === undefined ? {} : { cause: more.cause });
    Error.stackTraceLimit = stackTraceLimit;
    this.status = status;
    this.code = code;
    this.title = title;
    this.clause = more.clause;
    this.errors = more.errors;
    this.retryAfterS = more.retryAfterS;
  }

  /** The body, without the fields that are not known. */
  toBody(): ProblemBody {
    return {
      type: 'about:blank',
      title: this.title,
      status: this.status,
      code: this.code,
      ...(this.message === this.title ? {} : { detail: this.message }),
      ...(this.clause !== undefined && { clause: this.clause }),
      ...(this.errors !== undefined && { errors: this.errors }),
    };
  }
}

/** What a request asked for. */
export type Asked = Pick<FastifyRequest, 'params' | 'routeOptions'>;

/** 404 for a thing that is not there: of every kind of thing the same code, with what was asked for and where those that exist are listed. */
export function notFound(title: string, request: Asked, detail?: string): Problem {
  const errors = notListed(request);
  return new Problem(404, 'not-found', title, { errors, ...(detail !== undefined && { detail }) });
}

/** The path's parameters as one wrong field; none where the path has no parameter. */
function notListed({ params, routeOptions }: Asked): NonNullable<ProblemBody['errors']> {
  const asked = Object.entries(params as Record<string, unknown>);
  const [last] = asked.at(-1) ?? [];
  if (last === undefined) return [];
  const found = JSON.stringify(asked.map(([, value]) => value).join('/'));
  const [list] = routeOptions.url?.split('/:') ?? [];
  return [{ field: `params.${last}`, found, allowed: `one that GET ${list} lists` }];
}
