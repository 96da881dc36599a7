import { createHash, timingSafeEqual } from 'node:crypto';
import type { Reader } from './access.ts';

interface Account {
  readonly who: Reader;
  readonly digest: Buffer;
}

/** The accounts of the embedded broker, by user name. Passwords are kept as digests, in memory only. */
export class Credentials {
  readonly #accounts = new Map<string, Account>();

  add(username: string, password: string, who: Reader): void {
    this.#accounts.set(username, { who, digest: digestOf(password) });
  }

  has(username: string): boolean {
    return this.#accounts.has(username);
  }

  /** Who that is; undefined for an unknown name or a wrong password, in the same time for either. */
  check(username: string, password: Uint8Array): Reader | undefined {
    const account = this.#accounts.get(username);
    const right = timingSafeEqual(digestOf(password), account?.digest ?? nobody);
    return right ? account?.who : undefined;
  }
}

const nobody = Buffer.alloc(32);

function digestOf(password: string | Uint8Array): Buffer {
  return createHash('sha256').update(password).digest();
}
