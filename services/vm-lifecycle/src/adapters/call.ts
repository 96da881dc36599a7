import { ProxmoxError } from '@huismeester/proxmox';

/** A call that failed; its text may be stored and shown. */
export interface CallFailure {
  /** Stable, for programs. */
  readonly code: string;
  readonly message: string;
  /** Whether the act may have been done, or may yet be. */
  readonly mayHaveArrived: boolean;
  /** Whether Proxmox itself refused, as opposed to not being reached. */
  readonly answered: boolean;
}

/** The answer of a hypervisor, or how the call failed; errors of another kind are thrown on. */
export async function answerOf<T extends object | string>(call: () => Promise<T>): Promise<T | CallFailure> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof ProxmoxError)) throw error;
    const { code, reason: message, mayHaveArrived, status } = error;
    return { code, message, mayHaveArrived, answered: status !== undefined && status < 590 };
  }
}

/** The answer of a node about what was done there, or `gone` when it is lost: HA starts its guests elsewhere. */
export async function unlessNodeIsGone<T>(ask: () => Promise<T>, gone: NoInfer<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof ProxmoxError)) throw error;
    if (error.code === 'node-offline' || error.code === 'node-unknown') return gone;
    throw error;
  }
}

/**
 * The answer about a guest, or undefined when nothing stands under its vmid there. With `orHidden` also when our token may not ask of it: what was
 * destroyed is in no pool any more, and rights are looked at first.
 */
export async function unlessNotThere<T>(
  ask: () => Promise<T>,
  { orHidden = false }: { readonly orHidden?: boolean } = {},
): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    const isAbsent = (code: string) => code === 'not-found' || (orHidden && code === 'forbidden');
    if (error instanceof ProxmoxError && isAbsent(error.code)) return undefined;
    throw error;
  }
}
