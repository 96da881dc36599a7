import { randomBytes } from 'node:crypto';
import { privilegesOf } from '@huismeester/contracts';
import type { ProxmoxState } from '@huismeester/simulators';

type Token = ProxmoxState['tokens'][number];

const user = 'huismeester@pve';
const pools = { core: 'core', 'space-wide': 'spacewide', participant: 'deelnemers' } as const;
/** Where the templates stand: nothing of ours is allowed there but to copy them. */
export const templatePool = 'templates';
export const allPools: readonly string[] = [...Object.values(pools), templatePool, 'board'];

const operates = ['VM.Audit', 'VM.PowerMgmt', 'Pool.Audit'];
/** What the create token may on the pool of participants. */
const makes = privilegesOf({ token: 'create', on: '/pool/<participants>' });

/** The tokens of the demo with just the rights that docs/rights.md asks for; each has a secret of its own at each start. */
export function demoTokens(): Readonly<Record<'operate' | 'create' | 'promote' | 'review', Token>> {
  const token = (name: string, privileges: Token['privileges']): Token => ({
    id: `${user}!${name}`,
    secret: randomBytes(16).toString('hex'),
    privileges,
  });
  const onPool = (pool: string, privs: string[]) => ({ path: `/pool/${pool}`, privs });
  return {
    operate: token('operate', [
      ...Object.values(pools).map((pool) => onPool(pool, operates)),
      { path: '/', privs: ['Sys.Audit'] },
    ]),
    create: token('create', [
      onPool(pools.participant, makes),
      onPool(templatePool, ['VM.Audit', 'VM.Clone']),
      { path: '/storage/local', privs: ['Datastore.Audit'] },
      { path: '/storage/local-lvm', privs: ['Datastore.AllocateSpace'] },
      { path: '/sdn/zones/localnetwork/vmbr0', privs: ['SDN.Use'] },
    ]),
    promote: token(
      'promote',
      Object.values(pools).map((pool) => onPool(pool, ['Pool.Allocate', 'VM.Allocate', 'VM.Audit'])),
    ),
    review: token('review', [{ path: '/access', privs: ['Sys.Audit'] }]),
  };
}
