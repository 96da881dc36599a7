/** How far it got: so many items from the first on arrived, one after the other; `error` is why no more were sent. */
interface Sent {
  readonly arrived: number;
  readonly error?: unknown;
}

/**
 * Sends the items in order, the next before the ones before it have arrived, with at most `most` under way. After a
 * failure, or once `stopped`, no more is sent, and what is under way is waited for: whoever receives sees no gap, and
 * sees again only what was sent behind the item that failed.
 */
export async function sendInOrder<Item>(
  items: readonly Item[],
  send: (item: Item) => Promise<void>,
  { most, stopped }: { most: number; stopped: () => boolean },
): Promise<Sent> {
  let failure: { readonly error: unknown } | undefined;
  const sendOne = async (item: Item): Promise<boolean> => {
    try {
      await send(item);
      return true;
    } catch (error) {
      failure ??= { error };
      return false;
    }
  };
  const outcomes: Promise<boolean>[] = [];
  for (const [index, item] of items.entries()) {
    if (index >= most) await outcomes[index - most];
    if (failure || stopped()) break;
    outcomes.push(sendOne(item));
  }
  const found = await Promise.all(outcomes);
  const missing = found.indexOf(false);
  return { arrived: missing < 0 ? found.length : missing, ...failure };
}
