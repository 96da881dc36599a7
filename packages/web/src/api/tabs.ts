/** The tabs of one browser that show this page, of which one reads the stream and says to the others what it heard. */
export interface Tabs<Message> {
  /** This tab reads the stream now. */
  claim(): void;
  say(message: Message): void;
  beat(): void;
  /** When another tab was heard that reads the stream, ms since 1970; 0: never. */
  heardAt(): number;
}

type Letter<Message> =
  | { readonly kind: 'claim' | 'beat' | 'bye'; readonly from: string }
  | { readonly kind: 'message'; readonly from: string; readonly message: Message };

/** `superseded`: another tab reads the stream as well, and goes first. */
export function createTabs<Message>(on: {
  heard: (message: Message) => void;
  beaten: () => void;
  superseded: () => void;
}): Tabs<Message> {
  const own = Math.random().toString(36).slice(2);
  let heardAt = 0;
  let isReading = false;
  const channel = new BroadcastChannel('huismeester.live');
  const post = (letter: Letter<Message>): void => channel.postMessage(letter);
  channel.addEventListener('message', ({ data }: MessageEvent<Letter<Message>>) => {
    if (data.kind === 'bye') {
      heardAt = 0;
      return;
    }
    heardAt = Date.now();
    // Of two that read, the one with the smaller name goes on.
    if (isReading && data.from < own) {
      isReading = false;
      on.superseded();
    }
    if (data.kind === 'message') on.heard(data.message);
    else on.beaten();
  });
  window.addEventListener('pagehide', () => {
    if (isReading) post({ kind: 'bye', from: own });
  });
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden || !isReading) return;
    isReading = false;
    post({ kind: 'bye', from: own });
  });
  return {
    claim() {
      isReading = true;
      post({ kind: 'claim', from: own });
    },
    say: (message) => post({ kind: 'message', from: own, message }),
    beat: () => post({ kind: 'beat', from: own }),
    heardAt: () => heardAt,
  };
}
