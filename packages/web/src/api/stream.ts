import { identity } from './request.ts';

/** Something that an event stream said: an event with its data, or a beat (a comment, which says that the line is open). */
export type Said = { readonly event: string; readonly data: string } | 'beat';

/** The stream was refused: with 401 nobody is logged in, with 403 or 404 it is not for this person. */
export class StreamRefused extends Error {
  override readonly name = 'StreamRefused';
  readonly status: number;
  constructor(status: number) {
    super(`the stream was answered with ${status}`);
    this.status = status;
  }
}

/**
 * Reads an event stream (HTML Standard, 9.2) by fetch. EventSource would show no beats, says nothing of a 401, and sends no token. Ends when the
 * stream does; throws {@link StreamRefused}, or what fetch throws.
 */
export async function* streamOf(path: string, signal: AbortSignal): AsyncGenerator<Said> {
  const headers = { accept: 'text/event-stream', ...identity() };
  const response = await fetch(path, { headers, signal, credentials: 'same-origin', cache: 'no-store' });
  if (!response.ok || response.body === null) throw new StreamRefused(response.status);
  const decoder = new TextDecoder();
  const reader = response.body.getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const blocks = `${rest}${decoder.decode(value, { stream: true })}`.replaceAll('\r\n', '\n').split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) yield parsed(block);
  }
}

/** One block of a stream. */
function parsed(block: string): Said {
  const fields = block.split('\n').map((line) => /^(\w*): ?(.*)$/.exec(line));
  const of = (name: string) => fields.flatMap((field) => (field?.[1] === name ? [field[2] ?? ''] : []));
  const data = of('data');
  return data.length === 0 ? 'beat' : { event: of('event')[0] ?? 'message', data: data.join('\n') };
}
