/** A question to another service has no answer now: it is away, too slow, or answered nonsense. The message is for people, without what was asked or answered. */
export class Unanswered extends Error {
  override readonly name = 'Unanswered';
  readonly code = 'unanswered';
}
