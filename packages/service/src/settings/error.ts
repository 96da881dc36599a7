/** One thing wrong in the settings: where, what was found and what is allowed. */
export interface SettingsProblem {
  /** Counted from 1; 0 when the file could not be read at all. */
  readonly line: number;
  /** `ups[0].upsd.port`; empty for the file as a whole. */
  readonly path: string;
  readonly found: string;
  readonly allowed: string;
}

/** The settings cannot be used; says every problem at once, and never a secret. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  readonly code = 'settings-invalid';
  readonly problems: readonly SettingsProblem[];

  constructor(file: string, problems: readonly SettingsProblem[], options?: ErrorOptions) {
    const sorted = [...problems].sort((a, b) => a.line - b.line);
    super(sorted.map((problem) => lineOf(file, problem)).join('\n'), options);
    this.problems = sorted;
  }
}

function lineOf(file: string, { line, path, found, allowed }: SettingsProblem): string {
  const where = line > 0 ? `${file}:${line}` : file;
  return `${where}: ${path === '' ? '' : `${path}: `}found ${found}, allowed: ${allowed}`;
}
