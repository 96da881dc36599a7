/** A UPS that dummy-ups plays: from variables, or from a file (.dev, or .seq with `mode: 'dummy-loop'`). */
export type UpsdUps = { name: string; description?: string } & (
  | { vars: Record<string, string> }
  | { file: string; mode?: 'dummy-once' | 'dummy-loop' }
);

export interface UpsdUser {
  name: string;
  password: string;
  /** What the user may do; SET and FSD if left out. */
  actions?: ('SET' | 'FSD')[];
  /** Without it LOGIN is refused. */
  upsmon?: 'primary' | 'secondary';
}
