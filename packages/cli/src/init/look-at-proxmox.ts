import { NotFine } from '../errors.ts';
import type { Shell } from '../shell.ts';
import { askProxmox } from './ask-proxmox.ts';
import { fingerprintOf } from './certificate.ts';
import type { FoundProxmox } from './found.ts';
import { fingerprintCommand } from './steps.ts';

export interface ProxmoxPlace {
  readonly url: string;
  readonly token: { readonly id: string; readonly secret: string | undefined };
  /** Of the certificate, as a person verified it. */
  readonly fingerprint?: string | undefined;
}

/**
 * A Proxmox VE by its certificate, and by what it shows to a token if there is one. The secret goes to nobody whose
 * certificate a person has not said to be right. Throws {@link NotFine} with what to do.
 */
export async function lookAtProxmox(
  { url, token: { id, secret }, fingerprint: verified }: ProxmoxPlace,
  { ask }: Pick<Shell, 'ask'>,
): Promise<FoundProxmox> {
  const fingerprint = await fingerprintOf(url);
  if (verified !== undefined && verified !== fingerprint) {
    throw new NotFine(
      `${url} shows the certificate\n  ${fingerprint}, and not the one that you gave\n  ${verified}\n  Nothing was sent to it. Is it the right machine, or was its certificate renewed?`,
    );
  }
  if (secret === undefined) return { url, fingerprint };
  if (verified === undefined && !(await isRight(url, fingerprint, ask))) {
    throw new NotFine(
      `${howToCompare(url, fingerprint)}\nThe token was not sent. If it is the same, add: --fingerprint ${fingerprint}`,
    );
  }
  return { url, fingerprint, inventory: await askProxmox({ url, fingerprint, token: { id, secret } }) };
}

async function isRight(url: string, fingerprint: string, ask: Shell['ask']): Promise<boolean> {
  if (ask === undefined) return false;
  const answer = await ask(`${howToCompare(url, fingerprint)}\nIs it the same? [y/N] `);
  return /^(y|yes|j|ja)$/i.test(answer.trim());
}

function howToCompare(url: string, fingerprint: string): string {
  return `${url} shows a certificate whose SHA-256 is\n  ${fingerprint}\nCompare it with what this prints on that node:\n  ${fingerprintCommand}`;
}
