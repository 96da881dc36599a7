import type { Signal } from '../../src/core/world.ts';
import { type Explained, explained, type Failures } from './explained.ts';
import type { Truth } from './truth.ts';

/** What the core was given by this process of the caretaker, read again from the signals. */
export class Given {
  readonly #truth: Truth;
  readonly #sights = new Map<string, 'answers' | 'fails' | 'unseen'>();
  readonly #outside = new Map<string, boolean>();
  isLost: boolean = false as boolean;

  constructor(truth: Truth) {
    this.#truth = truth;
  }

  /** The looks of the process are gone; what other logs say, and whether the vantage is lost, is stored. */
  restart(): void {
    this.#sights.clear();
  }

  take(signal: Signal): void {
    if (signal.kind === 'outside') this.#outside.set(signal.thing, signal.outside?.failed === true);
    if (
      signal.kind === 'sight' &&
      (!this.isLost || signal.sight === 'answers' || this.isHere(signal.thing))
    ) {
      this.#sights.set(signal.thing, signal.sight);
    }
    if (signal.kind === 'vantage-lost') {
      this.isLost = true;
      for (const { id, here, seenBy } of this.#truth.history.items) {
        if (!here && seenBy !== 'log') this.#sights.set(id, 'unseen');
      }
    }
    if (signal.kind === 'vantage-regained') {
      this.isLost = false;
      for (const id of this.#sights.keys()) if (!this.isHere(id)) this.#sights.delete(id);
    }
  }

  isHere(id: string): boolean {
    return this.#truth.items.get(id)?.here === true;
  }

  sight(id: string): 'answers' | 'fails' | 'unseen' | undefined {
    return this.#sights.get(id);
  }

  /** It is known that a thing works. */
  isWell(id: string): boolean {
    return this.#sights.get(id) === 'answers' || this.#outside.get(id) === false;
  }

  /** What explains that a thing fails, by what is known now. */
  explained(id: string): Explained | undefined {
    const hasFailed = (each: string): boolean => {
      const sight = this.#sights.get(each);
      if (sight === 'fails' || (sight === undefined && this.#outside.get(each) === true)) return true;
      // Whatever does not answer fails with what it needs.
      return sight !== 'answers' && explained(failures, each) !== undefined;
    };
    const failures: Failures = {
      needsOf: (each) => this.#truth.items.get(each)?.needs ?? [],
      hasFailed,
      isPassage: (each) => this.#truth.history.passages.has(each),
    };
    return explained(failures, id);
  }
}
