import { CommandError, NotFine } from '../errors.ts';
import type { Shell } from '../shell.ts';
import { askUpsd } from './ask-upsd.ts';
import { lookAtProxmox } from './look-at-proxmox.ts';
import type { Pools, UpsdPlace } from './places.ts';
import { type Plan, planOf } from './plan.ts';
import type { Secret } from './secret.ts';

export interface InitRequest {
  /** Of the space. */
  readonly name: string;
  readonly upsds: readonly UpsdPlace[];
  readonly proxmox?: string | undefined;
  readonly token: string;
  readonly secret: Secret;
  readonly fingerprint?: string | undefined;
  readonly pools: Pools;
}

/**
 * Asks all that was named and plans the settings; changes nothing anywhere. Throws {@link NotFine} with everything that
 * went wrong, and what to do about each.
 */
export async function initialPlan(request: InitRequest, shell: Pick<Shell, 'ask'>): Promise<Plan> {
  const { name, upsds, proxmox: url, token, secret, fingerprint, pools } = request;
  const ofUpses = Promise.allSettled(upsds.map(askUpsd));
  const ofProxmox = Promise.allSettled(
    url === undefined
      ? []
      : [lookAtProxmox({ url, fingerprint, token: { id: token, secret: secret.value } }, shell)],
  );
  const [upses, [proxmox]] = [await ofUpses, await ofProxmox];
  const failures = [...upses, ...(proxmox ? [proxmox] : [])].flatMap((each) =>
    each.status === 'rejected' ? [failureOf(each)] : [],
  );
  if (failures.length > 0) throw new NotFine(failures.map(({ message }) => message).join('\n'));
  return planOf({
    name,
    pools,
    token,
    secret: secret.reference,
    upses: upses.flatMap((each) => (each.status === 'fulfilled' ? each.value : [])),
    ...(proxmox?.status === 'fulfilled' && { proxmox: proxmox.value }),
  });
}

/** What a person can do something about; anything else is a fault of ours and is thrown. */
function failureOf({ reason }: PromiseRejectedResult): CommandError {
  if (reason instanceof CommandError) return reason;
  throw reason;
}
