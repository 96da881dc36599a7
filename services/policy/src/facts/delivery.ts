/**
 * What became of a notice to one person: policy's own (notices/), read by rules that may act only after somebody was told in time. Kept by
 * `deliveryKey`; times in ms since 1970.
 */
export interface DeliveryFact {
  readonly kind: string;
  readonly subject: string;
  /** What makes it another notice than the one before: of a warning the planned stop, ISO 8601. */
  readonly moment: string;
  /** The person's id. */
  readonly person: string;
  /**
   * `queued`: not handed over yet, for whatever reason; `handed`: the mail server took it; `failed-for-good`: it refused this very
   * person (a 5xx to RCPT or DATA), or a complete read of the directory has no usable address of theirs.
   */
  readonly state: 'queued' | 'handed' | 'failed-for-good';
  readonly queuedAt: number;
  /** When it was handed over, or failed for good. */
  readonly endedAt?: number;
  /** Since when it does not go out for a reason that has nothing to do with the person. */
  readonly unavailableSince?: number;
  /** Why it was not handed over; neither name nor address. */
  readonly error?: string;
}

/** The key of a delivery among the facts. */
export function deliveryKey({
  kind,
  subject,
  moment,
  person,
}: Pick<DeliveryFact, 'kind' | 'subject' | 'moment' | 'person'>): string {
  return [kind, subject, moment, person].join(' ');
}
