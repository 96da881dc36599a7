import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { createSecureContext } from 'node:tls';

/** A server's certificate, with the chain behind it, and its key: PEM. */
export interface Pair {
  readonly cert: string;
  readonly key: string;
}

/**
 * Why a server could not show this certificate with this key, and what to do, without a word of what stands in them;
 * undefined for a pair that fits. What OpenSSL says names neither.
 */
export function pairTrouble(pair: Pair): string | undefined {
  const certificate = attempt(() => new X509Certificate(pair.cert));
  if (!certificate) {
    return 'cert is no certificate in PEM that is whole; give the server’s own, followed by those of its chain (fullchain.pem)';
  }
  const key = privateKey(pair.key);
  if (typeof key === 'string') return key;
  if (!certificate.checkPrivateKey(key)) {
    return 'key is not that of cert; give the key with which this certificate was asked for, and the server’s own certificate as the first of cert';
  }
  try {
    createSecureContext({ ...pair });
    return undefined;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return `cert and key cannot be used together (${reason}); give both as PEM, whole and of a strength that OpenSSL allows`;
  }
}

/** When the server's own certificate ends; undefined for what is no certificate. */
export function endOf({ cert }: Pick<Pair, 'cert'>): Date | undefined {
  return attempt(() => new X509Certificate(cert))?.validToDate;
}

function privateKey(pem: string): KeyObject | string {
  if (pem.includes('ENCRYPTED')) {
    return 'key is encrypted, and nobody is there to type its password; give it without (openssl pkey -in server.key -out plain.key)';
  }
  return attempt(() => createPrivateKey(pem)) ?? 'key is no private key in PEM that is whole';
}

function attempt<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch {
    // What OpenSSL says of it ("no start line") helps nobody.
    return undefined;
  }
}
