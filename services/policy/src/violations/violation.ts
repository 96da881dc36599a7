import type { ViolationFound } from '../rules/define.ts';

/** A violation as its rule found it, with the rule's name. */
export interface FoundViolation extends ViolationFound {
  readonly rule: string;
}

/** Who accepts a violation for now, why and until when; times in ms since 1970. */
export interface Accepted {
  readonly by: string;
  readonly because: string;
  readonly since: number;
  readonly until: number;
}

/** A row of the register. */
export interface OpenViolation {
  readonly id: string;
  readonly found: FoundViolation;
  /** Since when it is open, ms since 1970. */
  readonly since: number;
  readonly accepted?: Accepted;
}

/** Kind, subject and cause: what makes two findings the same violation, and two notices about one the same. */
export function keyOf({
  kind,
  subject,
  cause = '',
}: Pick<ViolationFound, 'kind' | 'subject'> & { readonly cause?: string | undefined }): string {
  return JSON.stringify([kind, subject, cause]);
}
