type State = 'up' | 'down' | 'unknown';

interface Change {
  readonly at: number;
  readonly state: State;
}

/** The table of intervals, as a list of changes of each thing; in true time, ms. */
export class Intervals {
  readonly changes = new Map<string, Change[]>();

  /** From this moment on it is so, whatever was recorded for after it. */
  record(thing: string, at: number, state: State): void {
    const before = this.changes.get(thing) ?? [];
    this.changes.set(thing, [...before.filter((each) => each.at < at), { at, state }]);
  }

  /** The caretaker was last alive then: what it had open ends. */
  close(at: number): void {
    for (const thing of this.changes.keys()) this.record(thing, at, 'unknown');
  }

  stateAt(thing: string, t: number): State {
    return this.changes.get(thing)?.findLast(({ at }) => at <= t)?.state ?? 'unknown';
  }

  /** Since when the state is what it is at the end. */
  last(thing: string): Change | undefined {
    return this.changes.get(thing)?.at(-1);
  }

  /** How long it was so, ms, between two moments. */
  sum(thing: string, state: State, from: number, to: number): number {
    const all = this.changes.get(thing) ?? [];
    return all.reduce((sum, change, index) => {
      const end = Math.min(all[index + 1]?.at ?? to, to);
      return change.state === state ? sum + Math.max(0, end - Math.max(change.at, from)) : sum;
    }, 0);
  }
}
