/** What this package needs of a logger; pino's fits. */
export interface Logger {
  debug(details: object, message: string): void;
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

/** Where the times in payloads come from. */
export interface Clock {
  now(): Date;
}
