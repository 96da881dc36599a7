/** Those who wait for a look that begins after they asked. */
export function createWaiting() {
  let waiting: (() => void)[] = [];
  const release = (all: readonly (() => void)[]) => {
    for (const resolve of all) resolve();
  };
  return {
    add: () =>
      new Promise<void>((resolve) => {
        waiting.push(resolve);
      }),
    /** A look begins: what it returns is called at its end. */
    begin() {
      const all = waiting;
      waiting = [];
      return () => release(all);
    },
    end: () => release(waiting.splice(0)),
  };
}
