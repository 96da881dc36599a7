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
 * What became of an attempt, in the terms of SMTP (RFC 5321, 4.2.1). `accepted`: the server took the message. `rejected`: a permanent failure for this recipient.
 * `deferred`: a transient one (4xx), such as greylisting. `unavailable`: it failed for whatever recipient. `why` is for people and
 * has neither address nor secret.
 */
export type Outcome =
  | { readonly outcome: 'accepted' }
  | { readonly outcome: 'rejected'; readonly code: 'no-address' | number; readonly why: string }
  | { readonly outcome: 'deferred'; readonly code: number; readonly why: string }
  | { readonly outcome: 'unavailable'; readonly why: string };
