/** An answer other than 200. The message becomes the HTTP reason phrase, as in pve-http-server. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code = 'simulator.api-error';
  readonly status: number;
  readonly errors: Readonly<Record<string, string>> | undefined;

  constructor(status: number, message: string, errors?: Readonly<Record<string, string>>) {
    super(message);
    this.status = status;
    this.errors = errors;
  }
}

/** Perl's `die "…\n"` in a handler: most domain errors are a plain 500. */
export function died(message: string): ApiError {
  return new ApiError(500, `${message}\n`);
}

export function badParameter(errors: Readonly<Record<string, string>>): ApiError {
  return new ApiError(400, 'Parameter verification failed.\n', errors);
}

/** Without `what` where the real one does not say which of two ways was wanting. */
export function denied(what?: string): ApiError {
  return new ApiError(403, `Permission check failed${what === undefined ? '' : ` (${what})`}\n`);
}
