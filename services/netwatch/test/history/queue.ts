/** What is to be done at which time; of the same time, what was entered first. */
export class Queue {
  readonly #due: { readonly at: number; readonly act: () => void }[] = [];
  now = 0;

  at(at: number, act: () => void): void {
    let index = this.#due.length;
    while (index > 0 && (this.#due[index - 1]?.at ?? 0) <= at) index -= 1;
    this.#due.splice(index, 0, { at, act });
  }

  /** Does all that is due until then; the last is the next, so that taking it is cheap. */
  run(until: number): void {
    for (let next = this.#due.at(-1); next && next.at <= until; next = this.#due.at(-1)) {
      this.#due.pop();
      this.now = Math.max(this.now, next.at);
      next.act();
    }
    this.now = until;
  }
}
