/**
 * When a failed connection may be tried again. It counts time only when asked, so no timer is left running: the first
 * request after a failure tries at once, later ones after 100 ms, 200 ms … up to the cap.
 */
export class Backoff {
  readonly #capMs: number;
  #failures = 0;
  #until = 0;

  constructor(capMs: number) {
    this.#capMs = capMs;
  }

  /** How many milliseconds too early it is to try; 0 when it may be tried. `now` from a monotonic clock. */
  waitMs(now: number): number {
    return Math.max(0, this.#until - now);
  }

  failed(now: number): void {
    this.#failures += 1;
    const delay = this.#failures === 1 ? 0 : Math.min(this.#capMs, 100 * 2 ** (this.#failures - 2));
    this.#until = now + delay;
  }

  succeeded(): void {
    this.#failures = 0;
    this.#until = 0;
  }
}
