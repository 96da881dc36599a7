import type { Shell } from '../shell.ts';
import { allOf } from './all-of.ts';
import { askUpsd } from './ask-upsd.ts';
import { lookAtProxmox } from './look-at-proxmox.ts';
import type { HostPort, Pools } from './places.ts';
import { type Plan, planOf } from './plan.ts';
import type { Secret } from './secret.ts';

export interface InitRequest {
  /** Of the space. */
  readonly name: string;
  readonly upsds: readonly HostPort[];
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
  const place = { fingerprint, token: { id: token, secret: secret.value } };
  const [upses, proxmox] = await allOf([
    allOf(upsds.map(askUpsd)),
    url === undefined ? Promise.resolve(undefined) : lookAtProxmox({ url, ...place }, shell),
  ]);
  return planOf({
    name,
    pools,
    token,
    secret: secret.reference,
    upses: upses.flat(),
    ...(proxmox && { proxmox }),
  });
}
