/** The part of `fetch` that sources and questions use. */
export type Ask = (
  url: string,
  options: {
    readonly method?: 'GET' | 'POST';
    readonly headers: Record<string, string>;
    readonly body?: string;
    readonly redirect: 'error';
    readonly signal: AbortSignal;
  },
) => Promise<Pick<Response, 'ok' | 'status' | 'text'>>;

/**
 * As `fetch`, for a server whose certificate is of this authority (PEM), and no other. Node's own `fetch` knows only the authorities of the whole
 * process; undici, which it is made of, is loaded for those who need it.
 */
export function fetchTrusting(ca: string): Ask {
  const loading = import('undici').then(({ Agent, fetch }) => {
    const dispatcher = new Agent({ connect: { ca } });
    return (...[url, options]: Parameters<Ask>) => fetch(url, { ...options, dispatcher });
  });
  // Who asks gets the error.
  loading.catch(() => undefined);
  return async (url, options) => (await loading)(url, options);
}
