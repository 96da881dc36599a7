import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { NotFine, UsageError } from '../errors.ts';
import { features } from '../features.ts';
import { fingerprintText, hostPort, type Pools, poolOf, proxmoxUrl, tokenId } from '../init/places.ts';
import { printable } from '../printable.ts';
import { outputOf, type Shell } from '../shell.ts';
import { several } from './options.ts';

interface InitOptions {
  readonly name?: string;
  readonly upsd?: string[];
  readonly proxmox?: string;
  readonly token?: string;
  readonly secretFile?: string;
  readonly fingerprint?: string;
  readonly pool?: Pools;
  readonly output?: string;
}

const parts = features.flatMap(({ init }) => init ?? []);

/** `init`: a first space.yaml, from what upsd, Proxmox VE and switches report. It asks no Huismeester and changes nothing. */
export function addInit(program: Command, shell: Shell): void {
  const init = program
    .command('init')
    .description(
      'print a first space.yaml, and the commands that make its token, from what upsd, Proxmox, switches and a directory of people report',
    )
    .option('--name <name>', 'what the space is called')
    .option('--upsd <host[:port]>', 'an upsd, to be asked for its UPSes; may be repeated', several)
    .option('--proxmox <url>', 'a Proxmox VE, such as https://10.0.0.2:8006')
    .option('--token <id>', "its token, 'huismeester@pve!operate' if left out", tokenId)
    .option(
      '--secret-file <file>',
      'the secret of the token; else PVE_OPERATE_SECRET; without one Proxmox is not asked',
    )
    .option(
      '--fingerprint <sha256>',
      'of its certificate, verified by you; else PVE_FINGERPRINT',
      fingerprintText,
    )
    .option(
      '--pool <class=name>',
      'the pool of a class: core, space-wide or participant; may be repeated',
      poolOf,
    )
    .option('--output <file>', 'write it there; a file that is there is never overwritten')
    .action(async (options: InitOptions, command: Command) => {
      const { spaceYaml, nextSteps, plan, sections } = await planned(options, shell);
      const output = outputOf(command, shell);
      const yaml = spaceYaml(plan, sections);
      const file = options.output === undefined ? undefined : resolve(shell.cwd, options.output);
      if (file !== undefined) await writeNew(file, yaml);
      const steps = nextSteps(plan, file ?? 'space.yaml', sections);
      if (output.json) return output.value({ ...(file !== undefined && { file }), yaml, steps });
      if (file === undefined) output.print(yaml.trimEnd());
      output.note(
        [file === undefined ? 'Next:' : `Written: ${printable(file)}. Next:`, ...steps.map(printable)].join(
          '\n',
        ),
      );
    });
  for (const part of parts) part.addOptions(init);
}

/** The clients are loaded here alone, so that the other commands start quickly. */
async function planned(options: InitOptions, shell: Shell) {
  const { initialPlan } = await import('../init/init.ts');
  const { secretOf } = await import('../init/secret.ts');
  const { askPerson } = await import('../init/questions.ts');
  const { allOf } = await import('../init/all-of.ts');
  const nothing = options.upsd === undefined && options.proxmox === undefined;
  const prompting = nothing && !parts.some((part) => part.isGiven(options)) && shell.ask !== undefined;
  const given = { ...options, ...(prompting && shell.ask ? await askPerson(shell.ask) : {}) };
  const secret = await secretOf(options.secretFile, shell);
  if (given.proxmox === undefined && (options.token ?? options.secretFile) !== undefined) {
    throw new UsageError(
      '--token and --secret-file are for a Proxmox VE: say which, with --proxmox https://HOST:8006',
    );
  }
  const pinned = shell.env.PVE_FINGERPRINT;
  // One question at a time: all of these before Proxmox's certificate is asked about.
  const looks = [];
  for (const part of parts) looks.push(await part.prepare(options, shell, prompting));
  const { spaceYaml } = await import('../init/space-yaml.ts');
  const { nextSteps } = await import('../init/steps.ts');
  const plan = initialPlan(
    {
      name: given.name ?? 'My space',
      upsds: (given.upsd ?? []).map((text) => hostPort(text, 3493, 'an upsd')),
      proxmox: given.proxmox === undefined ? undefined : proxmoxUrl(given.proxmox),
      token: options.token ?? 'huismeester@pve!operate',
      secret,
      fingerprint: options.fingerprint ?? (pinned ? fingerprintText(pinned) : undefined),
      pools: options.pool ?? {},
    },
    shell,
  );
  const [planned, sections] = await allOf([plan, allOf(looks.map((look) => look()))]);
  return { plan: planned, sections, spaceYaml, nextSteps };
}

async function writeNew(file: string, text: string): Promise<void> {
  await writeFile(file, text, { flag: 'wx' }).catch((cause: NodeJS.ErrnoException) => {
    const why = cause.code === 'EEXIST' ? 'is there already, and is never overwritten' : cause.message;
    throw new NotFine(`${file} ${why}\n  Give --output another name, or move it away.`, { cause });
  });
}
