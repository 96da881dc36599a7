/** HTTP cannot be answered at the address of the settings; the message says which setting, why, and what to do. */
export class CannotListen extends Error {
  override readonly name = 'CannotListen';
  readonly code = 'cannot-listen';
}

/** The same error in the words of the settings, of which `setting` is the path. Anything that is not about the address is given back as it is. */
export function cannotListen(
  error: unknown,
  { host, port, setting }: { host: string; port: number; setting: string },
): unknown {
  const why = error instanceof Error && 'code' in error ? error.code : undefined;
  const say = (message: string) => new CannotListen(message, { cause: error });
  switch (why) {
    case 'EADDRINUSE':
      return say(
        `${setting}.port: another process listens on port ${port} of ${host}, maybe a Huismeester that already runs; end that one, or set another ${setting}.port (0 takes any free one)`,
      );
    case 'EACCES':
      return say(
        `${setting}.port: this user may not listen on port ${port} of ${host}; set one of 1024 or more`,
      );
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return say(
        `${setting}.host: ${host} is no address of this machine (${why}); set one that it has, 127.0.0.1 or 0.0.0.0`,
      );
    default:
      return error;
  }
}
