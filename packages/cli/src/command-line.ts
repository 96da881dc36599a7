/** A text as a POSIX shell takes it, always in quotes. */
export function shellText(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** Arguments as a person can paste them, in quotes where a shell would take them otherwise. */
export function commandLine(args: readonly string[]): string {
  return args.map((each) => (/^[\w@%+=:,./-]+$/.test(each) ? each : shellText(each))).join(' ');
}
