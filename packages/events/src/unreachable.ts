const words: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ENOTFOUND: 'no such host',
  EAI_AGAIN: 'its host name cannot be looked up',
  ECONNRESET: 'the connection broke',
  UND_ERR_SOCKET: 'the connection broke',
  EHOSTUNREACH: 'no way to that host',
  ENETUNREACH: 'no way to that network',
  ETIMEDOUT: 'the host does not answer',
  UND_ERR_CONNECT_TIMEOUT: 'the host does not answer',
};

/** Why a request had no answer, in words; Node's own texts repeat the address, and end in `fetch failed`. */
export function whyUnreachable(error: unknown, timeoutMs: number): string {
  let last = '';
  for (let each = error; each instanceof Error; each = each.cause) {
    if (each.name === 'TimeoutError') return `no answer within ${timeoutMs / 1000} s`;
    const code = 'code' in each && typeof each.code === 'string' ? each.code : '';
    const known = words[code];
    if (known !== undefined) return known;
    last = code || each.message;
  }
  return last;
}
