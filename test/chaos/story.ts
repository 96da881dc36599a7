/** What happened, and when: what a person reads when a run failed. */
export interface Story {
  add(what: string): void;
  lines(): string[];
  elapsedMs(): number;
}

/** Begins a story; `onLine` gets each line at once. */
export function beginStory(onLine: (line: string) => void): Story {
  const began = performance.now();
  const lines: string[] = [];
  const elapsedMs = () => performance.now() - began;
  return {
    elapsedMs,
    lines: () => [...lines],
    add(what) {
      const line = `${(elapsedMs() / 1000).toFixed(1).padStart(7)} s  ${what}`;
      lines.push(line);
      onLine(line);
    },
  };
}
