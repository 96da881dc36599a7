import { pveumCommands } from '../check/pveum.ts';
import type { InitSection } from '../feature.ts';
import type { Plan, PlannedHypervisor } from './plan.ts';

export const commandsForDatabase = [
  'sudo -u postgres createuser --pwprompt huismeester',
  'sudo -u postgres createdb --owner huismeester huismeester',
] as const;

/** Asked of the server on the node itself, since a node may have several certificates. */
export const fingerprintCommand =
  'openssl s_client -connect localhost:8006 </dev/null 2>/dev/null | openssl x509 -noout -fingerprint -sha256';

/** How the command is started in a terminal. */
export const command = 'npx -y pnpm@12 huismeester';

/** What a person does next, in order; commands stand alone on their lines. */
export function nextSteps(
  { hypervisor }: Plan,
  file: string,
  sections: readonly InitSection[] = [],
): string[] {
  const steps = [
    ...proxmoxSteps(hypervisor),
    ...sections.flatMap((section) => section.steps),
    ['Make the database, and put its URL in HUISMEESTER_DATABASE_URL:', ...commandsForDatabase],
    ['Let it look whether all is there:', `${command} check-config ${file} --connect`],
  ];
  return steps.flatMap(([what = '', ...lines], index) => [
    `${index + 1}. ${what}`,
    ...lines.map((line) => `     ${line}`),
  ]);
}

function proxmoxSteps({ found, token, pools }: PlannedHypervisor): string[][] {
  const steps: string[][] = [];
  if (!found?.inventory || pools.some(({ vms }) => vms === undefined)) {
    const names = pools.map(({ pool }) => pool);
    const what = 'As root on any node of Proxmox, but for what is there already (the secret is shown once):';
    steps.push([what, ...pveumCommands({ token, pools: names, shutdownNodes: [] })]);
  }
  if (found && !found.inventory) {
    const { url, fingerprint } = found;
    steps.push(
      [
        `${url} shows the certificate ${fingerprint}. Compare it with what that node prints:`,
        fingerprintCommand,
      ],
      [
        'Run this again with the token, and it fills in pools and nodes:',
        `PVE_OPERATE_SECRET=… ${command} init --proxmox ${url} --token '${token}' --fingerprint ${fingerprint} …`,
      ],
    );
  }
  return steps;
}
