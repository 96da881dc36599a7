import type { PolicySettings } from '../rules/settings.ts';

/** A clause of the infra policy, in our own words: what it asks for, and what is done about it. */
export interface ClauseDescription {
  readonly clause: string;
  readonly titles: { readonly nl: string; readonly en: string };
  /** What the program does about it. */
  readonly does: string;
  /** Why it is kept where no rule watches it: by how the program is made. */
  readonly builtIn?: { readonly nl: string; readonly en: string };
  /** Of what is built in: what a person is to set up before it can be kept; undefined: it is. */
  notSetUp?(settings: PolicySettings): string | undefined;
  /** The files of tests that show it, from the root of the repository. */
  readonly tests: readonly string[];
}
