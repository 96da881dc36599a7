/** Who gets a message: exactly one person. */
export interface Recipient {
  /** As the directory has it; left out where it has none. */
  readonly name?: string;
  readonly address: string;
}

/** A message to one person. */
export interface Message {
  /** Without the angle brackets; the same for each attempt, so that a repeat is seen to be one. */
  readonly id: string;
  readonly to: Recipient;
  readonly subject: string;
  readonly text: string;
  /** Plain HTML that says the same. */
  readonly html: string;
  readonly date: Date;
  /** Of its texts, such as `nl`. */
  readonly language: string;
}

/**
 * What became of an attempt. `handed`: the mail server took it. `refused-for-good`: it will never take it for this very person. `later`: it refused
 * this person for now (4xx), such as by greylisting. `ours`: it failed for a reason that has nothing to do with the person. `why` is for people and
 * has neither address nor secret.
 */
export type Outcome =
  | { readonly outcome: 'handed' }
  | { readonly outcome: 'refused-for-good'; readonly code: 'no-address' | number; readonly why: string }
  | { readonly outcome: 'later'; readonly code: number; readonly why: string }
  | { readonly outcome: 'ours'; readonly why: string };
