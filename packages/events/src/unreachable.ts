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
  EPROTO: 'it speaks no TLS there',
  ERR_SSL_WRONG_VERSION_NUMBER: 'it speaks no TLS there',
};

/** Of Node: what it says of a certificate whose authority it does not know. */
const unknownAuthority: ReadonlySet<string> = new Set([
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_GET_ISSUER_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
]);
const ofCertificate: Readonly<Record<string, string>> = {
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
  CERT_HAS_EXPIRED: 'its certificate has ended',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet, or a clock is wrong',
};

/** Why a request had no answer, in words; Node's own texts repeat the address, and end in `fetch failed`. */
export function whyUnreachable(error: unknown, timeoutMs: number): string {
  if (causes(error).some(({ name }) => name === 'TimeoutError'))
    return `no answer within ${timeoutMs / 1000} s`;
  for (const code of codes(error)) {
    const known = words[code] ?? ofCertificate[code];
    if (known !== undefined) return known;
    if (unknownAuthority.has(code)) return 'its certificate is of an authority that is not known here';
  }
  const last = causes(error).at(-1);
  return codes(last)[0] ?? last?.message ?? '';
}

/** What the administrator can do about it. */
export function whatToDo(error: unknown, service: string): string {
  const found = codes(error);
  if (found.some((code) => unknownAuthority.has(code))) return `give services.${service}.ca that authority’s`;
  if (found.some((code) => code in ofCertificate)) {
    return `renew http.tls there, with the name that stands in services.${service}.url`;
  }
  return `start it, or correct services.${service}.url`;
}

function codes(error: unknown): string[] {
  return causes(error).flatMap((each) =>
    'code' in each && typeof each.code === 'string' ? [each.code] : [],
  );
}

/** The error and what caused it. */
function causes(error: unknown): Error[] {
  return error instanceof Error ? [error, ...causes(error.cause)] : [];
}
