/** What happened, and when: what a person reads when a run failed. */
export interface Story {
  tell(what: string): void;
  lines(): string[];
  elapsedMs(): number;
}

/** Begins a story; `heard` gets each line at once. */
export function beginStory(heard: (line: string) => void): Story {
  const began = performance.now();
  const told: string[] = [];
  const elapsedMs = () => performance.now() - began;
  return {
    elapsedMs,
    lines: () => [...told],
    tell(what) {
      const line = `${(elapsedMs() / 1000).toFixed(1).padStart(7)} s  ${what}`;
      told.push(line);
      heard(line);
    },
  };
}
