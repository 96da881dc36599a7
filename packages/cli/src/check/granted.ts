import type { HypervisorSettings, TokenName } from '@huismeester/contracts';
import type { Proxmox } from '@huismeester/proxmox';
import type { Finding } from './finding.ts';
import { pveumRemedy } from './pveum.ts';
import { type Needed, neededRights } from './rights.ts';

/** Whether a token has each right that these settings need; each that is missing names what happens without it. */
export async function checkRights(
  proxmox: Proxmox,
  settings: HypervisorSettings,
  nodes: readonly string[],
  token: TokenName = 'operate',
): Promise<Finding[]> {
  const needed = neededRights(settings, nodes, token);
  const paths = [...new Set(needed.map(({ path }) => path))];
  // Path by path, since the answer for all paths leaves out those that only inherit.
  const granted = new Map(
    await Promise.all(
      paths.map(async (path) => [path, (await proxmox.permissions(path)).get(path)] as const),
    ),
  );
  const has = ({ right, path }: Needed) => granted.get(path)?.has(right.privilege) === true;
  return [...Map.groupBy(needed, ({ right }) => right)].flatMap(([right, all]): Finding[] => {
    const missing = all.filter((each) => !has(each));
    // To grant it on `/` grants it on the nodes: that is said once.
    const saidAbove = needed.some(({ right: other, path }) => {
      return path === '/' && other.privilege === right.privilege && !has({ right: other, path });
    });
    if (right.on === '/nodes/<node>' && saidAbove) return [];
    if (missing.length > 0) return missing.map((each) => lacking(settings, each));
    const on = all.map(({ path }) => path).join(', ');
    return [{ what: `${named(settings, right)} the right ${right.privilege} on ${on}` }];
  });
}

function lacking(settings: HypervisorSettings, needed: Needed): Finding {
  const { right, path } = needed;
  const { tokens, nodes } = settings;
  const isShutDown = nodes[path.replace('/nodes/', '')]?.nodeShutdown === 'huismeester';
  return {
    what: `${named(settings, right)} the right ${right.privilege} on ${path}`,
    problem: `missing, so ${right.without} (it is for ${right.feature})`,
    remedy: pveumRemedy(tokens[right.token]?.id ?? '', needed, isShutDown),
  };
}

/** The token that everybody has is not named. */
function named({ id }: HypervisorSettings, { token }: Needed['right']): string {
  return token === 'operate' ? `hypervisor ${id}:` : `hypervisor ${id}, token ${token}:`;
}
