/** What goes on between two breaks is this many of what there are many of: entries, lines. */
const most = 500;

/** What is made with breaks in between; whoever takes the steps says how much is done without a turn of the event loop (desired/slices.ts). */
export type Steps<Value> = Generator<undefined, Value>;

/** Does it for each item in its order, with a break after each 500. */
export function* forEach<Item>(items: Iterable<Item>, each: (item: Item) => void): Steps<void> {
  let left = most;
  for (const item of items) {
    each(item);
    left -= 1;
    if (left > 0) continue;
    left = most;
    yield;
  }
}
